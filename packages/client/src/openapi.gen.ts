// Made from the gateway's /openapi.json by `pnpm client:types`; changes here are lost.

export interface paths {
    "/access_group/{access_group}/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Deletes a group; its models stay.
         * @description Permission: `models:write`.
         */
        delete: operations["delete_access_group_access_group_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access_group/{access_group}/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The models of a group.
         * @description Permission: `config:read`.
         */
        get: operations["get_access_group_access_group_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access_group/{access_group}/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Puts other models into a group in place of its own.
         * @description Permission: `models:write`.
         */
        put: operations["put_access_group_access_group_update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access_group/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All access groups, those of the config file too.
         * @description Permission: `config:read`.
         */
        get: operations["get_access_group_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access_group/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a group of models, named by name or by id.
         * @description Permission: `models:write`.
         */
        post: operations["post_access_group_new"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/add/allowed_ip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets calls from an address in, and from no address that is not in the list.
         * @description Permission: `config:write`.
         */
        post: operations["post_add_allowed_ip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was changed by whom, newest first.
         * @description Permission: `audit:read`.
         */
        get: operations["get_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One change.
         * @description Permission: `audit:read`.
         */
        get: operations["get_audit_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/budget/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deletes a budget object, and lifts its limits from all that name it.
         * @description Permission: `budgets:write`.
         */
        post: operations["post_budget_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/budget/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every limit of one owner, and how it stands, for those who may see the owner.
         * @description Permission: `limits:read`.
         */
        get: operations["get_budget_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/budget/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Budget objects by id; unknown ones are left out.
         * @description Permission: `budgets:read`.
         */
        post: operations["post_budget_info"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/budget/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All budget objects.
         * @description Permission: `budgets:read`.
         */
        get: operations["get_budget_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/budget/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a budget object: limits that keys, teams, users and others name by `budget_id`.
         * @description Permission: `budgets:write`.
         */
        post: operations["post_budget_new"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/budget/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The fields of a budget object, each with what it means and its value.
         * @description Permission: `budgets:read`.
         */
        get: operations["get_budget_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/budget/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes a budget object, for all that name it: absent fields stay, null clears.
         * @description Permission: `budgets:write`.
         */
        post: operations["post_budget_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cache/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes answers out of the cache, by the keys that `x-litellm-cache-key` told.
         * @description Permission: `cache:write`.
         */
        post: operations["post_cache_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cache/flushall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Empties the answer cache, and nothing else in its store.
         * @description Permission: `cache:write`.
         */
        post: operations["post_cache_flushall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cache/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the answer cache answers, and takes and gives an entry.
         * @description Permission: `cache:read`.
         */
        get: operations["get_cache_ping"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cache/redis/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the server behind the answer cache tells of itself and its clients.
         * @description Permission: `cache:read`.
         */
        get: operations["get_cache_redis_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callbacks/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The callbacks in effect, by what they hear of.
         * @description Permission: `config:read`.
         */
        get: operations["get_callbacks_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config/field/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes back what the API set; the default holds again.
         * @description Permission: `config:write`.
         */
        post: operations["post_config_field_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config/field/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is in effect for one setting, and whose word it is.
         * @description Permission: `config:read`.
         */
        get: operations["get_config_field_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config/field/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets one setting.
         * @description Permission: `config:write`.
         */
        post: operations["post_config_field_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The settings of a section: what is in effect, whose word it is, and whether the API may set it.
         * @description Permission: `config:read`.
         */
        get: operations["get_config_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config/pass_through_endpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The pass-through endpoints, those of the config file too; what may be secret is masked.
         * @description Permission: `config:read`.
         */
        get: operations["get_config_pass_through_endpoint"];
        /**
         * Changes the endpoint that `id` names: absent keeps, null clears, in `headers` too.
         * @description Permission: `config:write`.
         */
        put: operations["put_config_pass_through_endpoint"];
        /**
         * Adds an endpoint: calls of its path go to the target, with its headers. A key is asked for unless `auth` is false.
         * @description Permission: `config:write`.
         */
        post: operations["post_config_pass_through_endpoint"];
        /**
         * Deletes an endpoint; calls in flight end as they would have.
         * @description Permission: `config:write`.
         */
        delete: operations["delete_config_pass_through_endpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config/pass_through_endpoint/{endpoint_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same, with the id in the path.
         * @description Permission: `config:write`.
         */
        post: operations["post_config_pass_through_endpoint_endpoint_id"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets several settings; null takes one away. All are checked before the first is written.
         * @description Permission: `config:write`.
         */
        post: operations["post_config_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config/yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The config file and what was set over the API, as YAML, without secrets.
         * @description Permission: `config:read`.
         */
        get: operations["get_config_yaml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cost/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What calls of so many tokens cost in USD: one, and those of a day and a month.
         * @description Permission: `spend:read`.
         */
        post: operations["post_cost_estimate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All credentials, their values masked.
         * @description Permission: `credentials:read`.
         */
        get: operations["get_credentials"];
        put?: never;
        /**
         * Keeps a credential, or one made from what a stored model has.
         * @description Permission: `credentials:write`.
         */
        post: operations["post_credentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credentials/{credential_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Deletes a credential. Models that name it cannot be called from then on.
         * @description Permission: `credentials:write`.
         */
        delete: operations["delete_credentials_credential_name"];
        options?: never;
        head?: never;
        /**
         * Changes a credential: absent values are kept, null clears one. Models that use it are made anew.
         * @description Permission: `credentials:write`.
         */
        patch: operations["patch_credentials_credential_name"];
        trace?: never;
    };
    "/credentials/by_model/{model_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a model proves itself with, masked.
         * @description Permission: `credentials:read`.
         */
        get: operations["get_credentials_by_model_model_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credentials/by_name/{credential_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One credential, its values masked.
         * @description Permission: `credentials:read`.
         */
        get: operations["get_credentials_by_name_credential_name"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customer/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Blocks end users, known or not.
         * @description Permission: `customers:write`.
         */
        post: operations["post_customer_block"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customer/daily/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Usage of end users by day, split by model, provider, key and endpoint.
         * @description Permission: `spend:read`.
         */
        get: operations["get_customer_daily_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customer/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deletes end users: all that are named, or none.
         * @description Permission: `customers:write`.
         */
        post: operations["post_customer_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customer/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One end user, also one without a record whom calls have named.
         * @description Permission: `customers:read`.
         */
        get: operations["get_customer_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customer/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All end users that have a record.
         * @description Permission: `customers:read`.
         */
        get: operations["get_customer_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customer/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes an end user, with limits of its own.
         * @description Permission: `customers:write`.
         */
        post: operations["post_customer_new"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customer/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets blocked end users in again.
         * @description Permission: `customers:write`.
         */
        post: operations["post_customer_unblock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customer/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes an end user: absent fields stay, null clears.
         * @description Permission: `customers:write`.
         */
        post: operations["post_customer_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/delete/allowed_ip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes an address out of the list. After the last one calls may come from everywhere.
         * @description Permission: `config:write`.
         */
        post: operations["post_delete_allowed_ip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/end_user/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Blocks end users, known or not.
         * @deprecated
         * @description The same as `/customer/block`. Permission: `customers:write`.
         */
        post: operations["post_end_user_block"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/end_user/daily/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Usage of end users by day, split by model, provider, key and endpoint.
         * @deprecated
         * @description The same as `/customer/daily/activity`. Permission: `spend:read`.
         */
        get: operations["get_end_user_daily_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/end_user/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deletes end users: all that are named, or none.
         * @deprecated
         * @description The same as `/customer/delete`. Permission: `customers:write`.
         */
        post: operations["post_end_user_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/end_user/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One end user, also one without a record whom calls have named.
         * @deprecated
         * @description The same as `/customer/info`. Permission: `customers:read`.
         */
        get: operations["get_end_user_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/end_user/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All end users that have a record.
         * @deprecated
         * @description The same as `/customer/list`. Permission: `customers:read`.
         */
        get: operations["get_end_user_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/end_user/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes an end user, with limits of its own.
         * @deprecated
         * @description The same as `/customer/new`. Permission: `customers:write`.
         */
        post: operations["post_end_user_new"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/end_user/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets blocked end users in again.
         * @deprecated
         * @description The same as `/customer/unblock`. Permission: `customers:write`.
         */
        post: operations["post_end_user_unblock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/end_user/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes an end user: absent fields stay, null clears.
         * @deprecated
         * @description The same as `/customer/update`. Permission: `customers:write`.
         */
        post: operations["post_end_user_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fallback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets the models that may answer in place of another, in their order.
         * @description Permission: `config:write`.
         */
        post: operations["post_fallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fallback/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The fallbacks of a model.
         * @description Permission: `config:read`.
         */
        get: operations["get_fallback_model"];
        put?: never;
        post?: never;
        /**
         * Takes the fallbacks of a model away.
         * @description Permission: `config:write`.
         */
        delete: operations["delete_fallback_model"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/get/allowed_ips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Addresses that calls may come from; none: from everywhere.
         * @description Permission: `config:read`.
         */
        get: operations["get_get_allowed_ips"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/get/config/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The callbacks in effect, and the settings of the router.
         * @description Permission: `config:read`.
         */
        get: operations["get_get_config_callbacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls and tokens by day.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/activity/cache_hits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Answers from the cache by key, kind of call and model.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_activity_cache_hits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/activity/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls of a model group that ended with 429, by day; as long as calls are kept.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_activity_exceptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/activity/exceptions/deployment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same by the address of the deployment, the ten worst.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_activity_exceptions_deployment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/activity/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls and tokens by day of the ten models that were called most.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_activity_model"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/all_end_users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * End users that calls named in the last 30 days.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_all_end_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was spent in all, by everybody or by the caller.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_spend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend/all_tag_names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tags that calls had.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_spend_all_tag_names"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend/end_users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The 100 end users that spent most.
         * @description Permission: `spend:read`.
         */
        post: operations["post_global_spend_end_users"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Keys that spent most.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_spend_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One sum a day.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_spend_logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Models that cost most.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_spend_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend/provider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Providers by what was spent there, also through deployments that are gone.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_spend_provider"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Nothing to do: sums are written with the calls that they add up.
         * @description Permission: `spend:read`.
         */
        post: operations["post_global_spend_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What teams, customers or keys spent on which model.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_spend_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refused: what was spent is what the ledger says.
         * @description Permission: `spend:read`.
         */
        post: operations["post_global_spend_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tags by what was spent under them.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_spend_tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/global/spend/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Teams by day and in all, deleted ones too.
         * @description Permission: `spend:read`.
         */
        get: operations["get_global_spend_teams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls every deployment, or those that are named, and tells which ones answer; with `background_health_checks` what the last look found.
         * @description Permission: `models:write`.
         */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Looks that found a change, and one an hour, since this process started; newest first.
         * @description Permission: `config:read`.
         */
        get: operations["get_health_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the last look at each deployment found. Calls nobody.
         * @description Permission: `config:read`.
         */
        get: operations["get_health_latest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/liveliness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process answers.
         * @description Permission: `public`.
         */
        get: operations["get_health_liveliness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/readiness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether it wants traffic; 503 when it does not.
         * @description Permission: `public`.
         */
        get: operations["get_health_readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sends a record to a callback, and tells whether it took it.
         * @description Permission: `config:write`.
         */
        get: operations["get_health_services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/{key}/regenerate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a key a new secret; the old one works on for the grace period.
         * @deprecated
         * @description The same as `/key/regenerate`. Permission: `keys:write`.
         */
        post: operations["post_key_key_regenerate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/{key}/reset_spend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a key's spend as what is sent, at most what it is, for admins and those who manage its team.
         * @description Permission: `keys:write`.
         */
        post: operations["post_key_key_reset_spend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/aliases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Aliases of the keys that the caller may see, in alphabetical order.
         * @description Permission: `keys:read`.
         */
        get: operations["get_key_aliases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Blocks a key, for admins.
         * @description Permission: `keys:write`.
         */
        post: operations["post_key_block"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/bulk_update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes up to 500 keys, for admins; each is changed or told as failed.
         * @description Permission: `keys:write`.
         */
        post: operations["post_key_bulk_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deletes keys: all that are named, or none.
         * @description Permission: `keys:write`.
         */
        post: operations["post_key_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a key.
         * @description Permission: `keys:write`.
         */
        post: operations["post_key_generate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether the key works, and the callbacks that its calls are told to.
         * @description Permission: `keys:read`.
         */
        post: operations["post_key_health"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One key; without `key` the caller's own.
         * @description Permission: `keys:read`.
         */
        get: operations["get_key_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Keys, newest first: all for admins, for others their own.
         * @description Permission: `keys:read`.
         */
        get: operations["get_key_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/regenerate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a key a new secret; the old one works on for the grace period.
         * @description Permission: `keys:write`.
         */
        post: operations["post_key_regenerate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/service-account/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a key that belongs to a team and to no user: it outlives the team's members.
         * @description Permission: `keys:write`.
         */
        post: operations["post_key_service_account_generate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a blocked key in again, for admins.
         * @description Permission: `keys:write`.
         */
        post: operations["post_key_unblock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/key/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes a key: absent fields stay, null clears.
         * @description Permission: `keys:write`.
         */
        post: operations["post_key_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model_group/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The names that the caller may use, each with what its deployments have together.
         * @description Permission: `models:read`.
         */
        get: operations["get_model_group_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model/{model_id}/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a model: absent keeps, null clears, in `litellm_params` too.
         * @description Permission: `models:write`.
         */
        patch: operations["patch_model_model_id_update"];
        trace?: never;
    };
    "/model/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deletes a model. Calls in flight end as they would have.
         * @description Permission: `models:write`.
         */
        post: operations["post_model_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The models that the caller may use, with prices and lengths.
         * @description Permission: `models:read`.
         */
        get: operations["get_model_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds a model; it can be called as soon as this is answered.
         * @description Permission: `models:write`.
         */
        post: operations["post_model_new"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes the model that `model_info.id` names: absent keeps, null clears, in `litellm_params` too.
         * @description Permission: `models:write`.
         */
        post: operations["post_model_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document.
         * @description Permission: `public`.
         */
        get: operations["get_openapi_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/daily/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Usage of organizations by day, split by model, provider, key and endpoint.
         * @description Permission: `spend:read`.
         */
        get: operations["get_organization_daily_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deletes organizations without teams, for proxy admins: all that are named, or none.
         * @description Permission: `organizations:write`.
         */
        post: operations["post_organization_delete"];
        /**
         * Deletes organizations without teams, for proxy admins: all that are named, or none.
         * @description Permission: `organizations:write`.
         */
        delete: operations["delete_organization_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One organization, for admins and its members.
         * @description Permission: `organizations:read`.
         */
        get: operations["get_organization_info"];
        put?: never;
        /**
         * Several organizations, for admins and their members.
         * @description Permission: `organizations:read`.
         */
        post: operations["post_organization_info"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Organizations: all for admins, for others those that they are in.
         * @description Permission: `organizations:read`.
         */
        get: operations["get_organization_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/member_add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts users into an organization.
         * @description Permission: `organizations:write`.
         */
        post: operations["post_organization_member_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/member_delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a user out of an organization.
         * @description Permission: `organizations:write`.
         */
        delete: operations["delete_organization_member_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/member_update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a user's role in an organization.
         * @description Permission: `organizations:write`.
         */
        patch: operations["patch_organization_member_update"];
        trace?: never;
    };
    "/organization/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes an organization, for proxy admins.
         * @description Permission: `organizations:write`.
         */
        post: operations["post_organization_new"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organization/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes an organization, for proxy admins: absent fields stay, null clears.
         * @description Permission: `organizations:write`.
         */
        post: operations["post_organization_update"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes an organization, for proxy admins: absent fields stay, null clears.
         * @description Permission: `organizations:write`.
         */
        patch: operations["patch_organization_update"];
        trace?: never;
    };
    "/provider/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Budgets of providers, what was spent of them, and when they begin anew.
         * @description Permission: `spend:read`.
         */
        get: operations["get_provider_budgets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/{id}/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a call was decided: deployments considered and left out, attempts, waits, fallbacks, cache, timings. Callers see their own calls, admins all.
         * @description Permission: `spend:read`.
         */
        get: operations["get_requests_id_trace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/router/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The settings of the router: what they are, and what is in effect.
         * @description Permission: `config:read`.
         */
        get: operations["get_router_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/archives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Weeks of the ledger that are archived, or being archived, or were dropped; the oldest first.
         * @description Permission: `archives:read`.
         */
        get: operations["get_spend_archives"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/archives/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One archive, with its objects.
         * @description Permission: `archives:read`.
         */
        get: operations["get_spend_archives_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/archives/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tries a week again that failed too often.
         * @description Permission: `archives:write`.
         */
        post: operations["post_spend_archives_id_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/archives/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls of a day that are archived, read from cold storage: one JSON object a line, with the columns of the ledger.
         * @description Permission: `archives:read`.
         */
        get: operations["get_spend_archives_calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/archives/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archives every week that is due, now; those that wait for their next attempt too.
         * @description Permission: `archives:write`.
         */
        post: operations["post_spend_archives_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/calculate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a request's input, or an answer, costs in USD.
         * @description Permission: `spend:read`.
         */
        post: operations["post_spend_calculate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/export/focus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Charges in the format FOCUS 1.2 of the FinOps Foundation, as CSV.
         * @description Permission: `spend:read`.
         */
        get: operations["get_spend_export_focus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Keys by what they spent, deleted ones too.
         * @description Permission: `spend:read`.
         */
        get: operations["get_spend_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls, newest first, or one sum a day.
         * @description Permission: `spend:read`.
         */
        get: operations["get_spend_logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/logs/ui": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls, newest first, by page number; 10000 are counted at most, `/spend/logs` pages without end.
         * @deprecated
         * @description The same as `/spend/logs/v2`. Permission: `spend:read`.
         */
        get: operations["get_spend_logs_ui"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/logs/ui/{request_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One call, by our id or the one that its caller chose. Texts of calls are not kept.
         * @description Permission: `spend:read`.
         */
        get: operations["get_spend_logs_ui_request_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/logs/v2": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls, newest first, by page number; 10000 are counted at most, `/spend/logs` pages without end.
         * @description Permission: `spend:read`.
         */
        get: operations["get_spend_logs_v2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tags by what was spent under them.
         * @description Permission: `spend:read`.
         */
        get: operations["get_spend_tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spend/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users by what they spent.
         * @description Permission: `spend:read`.
         */
        get: operations["get_spend_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/daily/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Usage of tags by day, split by model, provider, key and endpoint.
         * @description Permission: `spend:read`.
         */
        get: operations["get_tag_daily_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/dau": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users of each tag by day, of the last 7 days.
         * @description Permission: `spend:read`.
         */
        get: operations["get_tag_dau"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deletes a tag, and lifts its limits.
         * @description Permission: `tags:write`.
         */
        post: operations["post_tag_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/distinct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tags that calls had in the last 30 days, 250 at most, the most used first.
         * @description Permission: `spend:read`.
         */
        get: operations["get_tag_distinct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tags by name.
         * @description Permission: `tags:read`.
         */
        post: operations["post_tag_info"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tags that have a record, and those that calls alone named: with dates only those of calls in these days.
         * @description Permission: `tags:read`.
         */
        get: operations["get_tag_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/mau": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users of each tag by 30 days, of the last 7 such months.
         * @description Permission: `spend:read`.
         */
        get: operations["get_tag_mau"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a tag, with limits for all that carries it.
         * @description Permission: `tags:write`.
         */
        post: operations["post_tag_new"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was called and spent under each tag, and by how many users.
         * @description Permission: `spend:read`.
         */
        get: operations["get_tag_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes a tag: absent fields stay, null clears.
         * @description Permission: `tags:write`.
         */
        post: operations["post_tag_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/user-agent/per-user-analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each user called under which tag in the last 30 days.
         * @description Permission: `spend:read`.
         */
        get: operations["get_tag_user_agent_per_user_analytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tag/wau": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users of each tag by week, of the last 7 weeks.
         * @description Permission: `spend:read`.
         */
        get: operations["get_tag_wau"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/available": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Teams that are held open for everybody (`default_internal_user_params.available_teams`) and that the caller is not in: POST /team/member_add with its own user_id joins one.
         * @description Permission: `teams:read`.
         */
        get: operations["get_team_available"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Blocks a team, and all its keys with it.
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_block"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/bulk_member_add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts up to 500 users, or all, into a team; each is added, or told as failed.
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_bulk_member_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/daily/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Usage of teams by day, split by model, provider, key and endpoint.
         * @description Permission: `spend:read`.
         */
        get: operations["get_team_daily_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deletes teams with their keys: all that are named, or none.
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One team, with its members and those of its keys that the caller may see.
         * @description Permission: `teams:read`.
         */
        get: operations["get_team_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/key/bulk_update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets the same limits on keys of a team, for those who manage its members.
         * @description Permission: `keys:write`.
         */
        post: operations["post_team_key_bulk_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Teams: all for admins, for others those that they are in.
         * @description Permission: `teams:read`.
         */
        get: operations["get_team_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/member_add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts users into a team; users put themselves into one that is held open (GET /team/available).
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_member_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/member_delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a user out of a team, and deletes its keys of the team.
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_member_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/member_update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes a user's role and limits in a team.
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_member_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/model/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds models to those that a team may call.
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_model_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/model/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes models from those that a team may call; the last one leaves none.
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_model_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/model/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes models from those that a team may call; the last one leaves none.
         * @deprecated
         * @description The same as `/team/model/delete`. Permission: `teams:write`.
         */
        post: operations["post_team_model_remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a team.
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_new"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/permissions_list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What members may do with keys of the team, and what they could be allowed.
         * @description Permission: `teams:read`.
         */
        get: operations["get_team_permissions_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/permissions_update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets what members may do with keys of the team; null goes back to the default.
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_permissions_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a blocked team in again.
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_unblock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/team/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes a team: absent fields stay, null clears.
         * @description Permission: `teams:write`.
         */
        post: operations["post_team_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/bulk_update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes up to 500 users, or all with the same fields; each is changed or told as failed.
         * @description Permission: `users:write`.
         */
        post: operations["post_user_bulk_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/daily/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Usage of users by day, split by model, provider, key and endpoint.
         * @description Permission: `spend:read`.
         */
        get: operations["get_user_daily_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/daily/activity/aggregated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same for users, all days at once.
         * @description Permission: `spend:read`.
         */
        get: operations["get_user_daily_activity_aggregated"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deletes users with their keys and their places in teams and organizations: all that are named, or none.
         * @description Permission: `users:write`.
         */
        post: operations["post_user_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/get_users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users, newest first, for admins.
         * @deprecated
         * @description The same as `/user/list`. Permission: `users:read`.
         */
        get: operations["get_user_get_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One user with its keys; without `user_id` the caller.
         * @description Permission: `users:read`.
         */
        get: operations["get_user_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users, newest first, for admins.
         * @description Permission: `users:read`.
         */
        get: operations["get_user_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a user, and a key for it.
         * @description Permission: `users:write`.
         */
        post: operations["post_user_new"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes a user, named by id or address: absent fields stay, null clears.
         * @description Permission: `users:write`.
         */
        post: operations["post_user_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chat completion, plain or streamed.
         * @description Permission: `inference`.
         */
        post: operations["post_v1_chat_completions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Text completion, plain or streamed.
         * @description Permission: `inference`.
         */
        post: operations["post_v1_completions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Embeddings of texts.
         * @description Permission: `inference`.
         */
        post: operations["post_v1_embeddings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/model/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The models that the caller may use, with prices and lengths.
         * @deprecated
         * @description The same as `/model/info`. Permission: `models:read`.
         */
        get: operations["get_v1_model_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The models that the caller may call.
         * @description Permission: `models:read`.
         */
        get: operations["get_v1_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One model that the caller may call.
         * @description Permission: `models:read`.
         */
        get: operations["get_v1_models_model"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Response, plain, streamed or in the background.
         * @description Permission: `inference`.
         */
        post: operations["post_v1_responses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/{response_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A response of the caller's, plain or streamed.
         * @description Permission: `inference`.
         */
        get: operations["get_v1_responses_response_id"];
        put?: never;
        post?: never;
        /**
         * Deletes a response upstream.
         * @description Permission: `inference`.
         */
        delete: operations["delete_v1_responses_response_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/{response_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels a response that runs in the background.
         * @description Permission: `inference`.
         */
        post: operations["post_v1_responses_response_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/{response_id}/input_items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a response was made from.
         * @description Permission: `inference`.
         */
        get: operations["get_v1_responses_response_id_input_items"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/key/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Several keys, by key or alias; those that the caller may not see are left out.
         * @description Permission: `keys:read`.
         */
        post: operations["post_v2_key_info"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/model/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same, by pages.
         * @description Permission: `models:read`.
         */
        get: operations["get_v2_model_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/team/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * As /team/list, in pages, newest first.
         * @description Permission: `teams:read`.
         */
        get: operations["get_v2_team_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/user/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One user without its keys; without `user_id` the caller.
         * @description Permission: `users:read`.
         */
        get: operations["get_v2_user_info"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccessGroupNewBody: {
            access_group: string;
            model_ids?: string[] | null;
            model_names?: string[] | null;
        };
        AddAllowedIpBody: {
            /**
             * @description An address, or a range of addresses such as `10.0.0.0/8`.
             * @example 127.0.0.0/8
             */
            ip: string;
        };
        ArchivedRange: {
            /** @description How many calls, of everybody. To admins alone. */
            entries?: number;
            /** @description The first day (UTC). */
            from: string;
            /** @description The archive's id, for `/spend/archives/{id}`. To admins alone. */
            id?: string;
            /** @description Where the calls are; null where they were dropped. To admins alone. */
            location?: string | null;
            /**
             * @description `archived`: the calls are in cold storage; `dropped`: a retention period took them away.
             * @enum {string}
             */
            status: "archived" | "dropped";
            /** @description The day before which it ends. */
            to: string;
        };
        Budget: {
            budget_duration: string | null;
            budget_id: string;
            budget_limits: components["schemas"]["BudgetPeriod"][];
            budget_reset_at: string | null;
            created_at: string | null;
            created_by: string;
            max_budget: number | null;
            max_parallel_requests: number | null;
            model_max_budget: {
                [key: string]: components["schemas"]["BudgetPeriod"];
            };
            model_rpm_limit: {
                [key: string]: number;
            };
            model_tpm_limit: {
                [key: string]: number;
            };
            rpm_limit: number | null;
            soft_budget: number | null;
            temp_budget_expiry: string | null;
            temp_budget_increase: number | null;
            tpm_limit: number | null;
            updated_at: string | null;
            updated_by: string;
        };
        BudgetDeleteBody: {
            id: string;
        };
        BudgetInfoBody: {
            budgets: string[];
        };
        BudgetNewBody: {
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
        };
        BudgetPeriod: {
            budget_duration: string | null;
            max_budget: number | null;
        };
        BudgetTable: {
            budget_duration: string | null;
            budget_id: string;
            budget_limits: components["schemas"]["BudgetPeriod"][];
            max_budget: number | null;
            max_parallel_requests: number | null;
            model_max_budget: {
                [key: string]: components["schemas"]["BudgetPeriod"];
            };
            model_rpm_limit: {
                [key: string]: number;
            };
            model_tpm_limit: {
                [key: string]: number;
            };
            rpm_limit: number | null;
            soft_budget: number | null;
            temp_budget_expiry: string | null;
            temp_budget_increase: number | null;
            tpm_limit: number | null;
        };
        BudgetUpdateBody: {
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id: string;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
        };
        CacheDeleteBody: {
            keys: string[];
        };
        ConfigFieldDeleteBody: {
            /**
             * @default general_settings
             * @enum {string}
             */
            config_type?: "general_settings" | "litellm_settings" | "router_settings" | "callback_settings";
            field_name: string;
        };
        ConfigFieldUpdateBody: {
            /**
             * @default general_settings
             * @enum {string}
             */
            config_type?: "general_settings" | "litellm_settings" | "router_settings" | "callback_settings";
            field_name: string;
            field_value: unknown;
        };
        ConfigPassThroughEndpointBody: {
            auth?: boolean | null;
            cost_per_request?: number | null;
            default_query_params?: {
                [key: string]: string | number | boolean;
            } | null;
            forward_headers?: boolean | null;
            guardrails?: (string[] | {
                [key: string]: {
                    request_fields?: string[] | null;
                    response_fields?: string[] | null;
                } | null;
            }) | null;
            headers?: {
                [key: string]: string | number | boolean;
            } | null;
            id?: string | null;
            include_subpath?: boolean | null;
            methods?: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")[] | null;
            path: string;
            target: string;
        };
        ConfigPassThroughEndpointEndpointIdBody: {
            auth?: boolean | null;
            cost_per_request?: number | null;
            default_query_params?: {
                [key: string]: (string | number | boolean) | null;
            } | null;
            forward_headers?: boolean | null;
            guardrails?: (string[] | {
                [key: string]: {
                    request_fields?: string[] | null;
                    response_fields?: string[] | null;
                } | null;
            }) | null;
            headers?: {
                [key: string]: (string | number | boolean) | null;
            } | null;
            id?: string | null;
            include_subpath?: boolean | null;
            methods?: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")[] | null;
            path?: string;
            target?: string;
        };
        ConfigUpdateBody: {
            callback_settings?: {
                [key: string]: unknown;
            } | null;
            environment_variables?: {
                [key: string]: unknown;
            } | null;
            general_settings?: {
                [key: string]: unknown;
            } | null;
            litellm_settings?: {
                [key: string]: unknown;
            } | null;
            router_settings?: {
                [key: string]: unknown;
            } | null;
        };
        CostEstimateBody: {
            /**
             * @description Of the input: written to the cache, for five minutes.
             * @default 0
             */
            cache_creation_input_tokens?: number;
            /**
             * @description Of the input: read from the cache.
             * @default 0
             */
            cache_read_input_tokens?: number;
            /** @description Tokens that a call sends, cached ones among them. */
            input_tokens: number;
            model: string;
            /** @description Calls of a day. */
            num_requests_per_day?: number | null;
            /** @description Calls of a month. */
            num_requests_per_month?: number | null;
            /** @description Tokens that it is answered with, those of reasoning among them. */
            output_tokens: number;
            /**
             * @description Of the output: reasoning.
             * @default 0
             */
            reasoning_tokens?: number;
        };
        CredentialsBody: {
            credential_info?: {
                [key: string]: unknown;
            } | null;
            credential_name: string;
            credential_values?: {
                [key: string]: unknown;
            } | null;
            model_id?: string | null;
        };
        Customer: {
            alias: string | null;
            /** @enum {string|null} */
            allowed_model_region: "eu" | "us" | null;
            blocked: boolean;
            budget_duration: string | null;
            budget_id: string | null;
            budget_limits: components["schemas"]["BudgetPeriod"][];
            budget_reset_at: string | null;
            created_at: string | null;
            default_model: string | null;
            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
            max_budget: number | null;
            max_parallel_requests: number | null;
            metadata: {
                [key: string]: unknown;
            };
            model_max_budget: {
                [key: string]: components["schemas"]["BudgetPeriod"];
            };
            model_rpm_limit: {
                [key: string]: number;
            };
            model_tpm_limit: {
                [key: string]: number;
            };
            rpm_limit: number | null;
            soft_budget: number | null;
            spend: number;
            temp_budget_expiry: string | null;
            temp_budget_increase: number | null;
            tpm_limit: number | null;
            updated_at: string | null;
            user_id: string;
        };
        CustomerBlockBody: {
            user_ids: string[];
        };
        CustomerDeleteBody: {
            user_ids: string[];
        };
        CustomerNewBody: {
            alias?: string | null;
            /** @enum {string|null} */
            allowed_model_region?: "eu" | "us" | null;
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            default_model?: string | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
            user_id: string;
        };
        CustomerUnblockBody: {
            user_ids: string[];
        };
        CustomerUpdateBody: {
            alias?: string | null;
            /** @enum {string|null} */
            allowed_model_region?: "eu" | "us" | null;
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            default_model?: string | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
            user_id: string;
        };
        DailyActivity: {
            breakdown: {
                api_keys: {
                    [key: string]: components["schemas"]["KeySpend"];
                };
                endpoints: {
                    [key: string]: components["schemas"]["SpendPart"];
                };
                entities: {
                    [key: string]: components["schemas"]["SpendPart"];
                };
                mcp_servers: {
                    [key: string]: components["schemas"]["SpendPart"];
                };
                model_groups: {
                    [key: string]: components["schemas"]["SpendPart"];
                };
                models: {
                    [key: string]: components["schemas"]["SpendPart"];
                };
                providers: {
                    [key: string]: components["schemas"]["SpendPart"];
                };
            };
            date: string;
            metrics: components["schemas"]["SpendMetrics"];
        };
        DeleteAllowedIpBody: {
            ip: string;
        };
        DeleteOrganizationDeleteBody: {
            organization_ids: string[];
        };
        DeleteOrganizationMemberDeleteBody: {
            organization_id: string;
            /** Format: email */
            user_email?: string | null;
            user_id?: string | null;
        };
        DynamicTag: {
            created_at: string | null;
            description: string;
            models: null;
            name: string;
            updated_at: string | null;
        };
        Error: {
            error: {
                /** @description The status as text, or OpenAI's code. */
                code: string | null;
                /** @description What is wrong and what to do, in a sentence. No keys, no bodies. */
                message: string;
                /** @description The field at fault. */
                param: string | null;
                /** @description What kind of error: `invalid_request_error`, `not_found_error`, `budget_exceeded`, ... */
                type: string;
            };
        };
        FallbackBody: {
            fallback_models: string[];
            /**
             * @default general
             * @enum {string}
             */
            fallback_type?: "general" | "context_window" | "content_policy";
            model: string;
        };
        GlobalSpendEndUsersBody: {
            api_key?: string | null;
            endTime?: string | null;
            startTime?: string | null;
        };
        Key: {
            aliases: {
                [key: string]: string;
            };
            allowed_cache_controls: string[];
            allowed_routes: string[];
            blocked: boolean;
            budget_duration: string | null;
            budget_id: string | null;
            budget_limits: components["schemas"]["BudgetPeriod"][];
            budget_reset_at: string | null;
            config: {
                [key: string]: unknown;
            };
            created_at: string | null;
            created_by: string;
            expires: string | null;
            key_alias: string | null;
            key_name: string;
            /** @enum {string} */
            key_type: "default" | "llm_api" | "management" | "read_only";
            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
            max_budget: number | null;
            max_parallel_requests: number | null;
            metadata: {
                [key: string]: unknown;
            };
            model_max_budget: {
                [key: string]: components["schemas"]["BudgetPeriod"];
            };
            model_rpm_limit: {
                [key: string]: number;
            };
            model_tpm_limit: {
                [key: string]: number;
            };
            models: string[];
            organization_id: string | null;
            permissions: {
                [key: string]: unknown;
            };
            rpm_limit: number | null;
            soft_budget: number | null;
            spend: number;
            spend_reset_at: string | null;
            /** @description What the spend before `spend_reset_at` counts as, in USD. */
            spend_reset_to: number | null;
            tags: string[];
            team_id: string | null;
            temp_budget_expiry: string | null;
            temp_budget_increase: number | null;
            token: string;
            token_id: string;
            tpm_limit: number | null;
            updated_at: string | null;
            updated_by: string;
            user_id: string | null;
        };
        KeyBlockBody: {
            key: string;
        };
        KeyBulkUpdateBody: {
            keys: {
                budget_id?: string | null;
                key: string;
                /** @description USD. */
                max_budget?: number | null;
                tags?: string[] | null;
                team_id?: string | null;
            }[];
        };
        KeyDeleteBody: {
            key_aliases?: string[] | null;
            keys?: string[] | null;
        };
        KeyGenerateBody: {
            aliases?: {
                [key: string]: string;
            } | null;
            allowed_cache_controls?: ("ttl" | "s-maxage" | "s-max-age" | "no-cache" | "no-store" | "namespace" | "use-cache")[] | null;
            allowed_routes?: string[] | null;
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            /** @description For proxy admins only. */
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            duration?: string | null;
            /** @description For proxy admins only. */
            key?: string | null;
            key_alias?: string | null;
            /** @enum {string|null} */
            key_type?: "default" | "llm_api" | "management" | "read_only" | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            /** @description For proxy admins only. */
            organization_id?: string | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            tags?: string[] | null;
            team_id?: string | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
            user_id?: string | null;
        };
        KeyInfo: {
            aliases: {
                [key: string]: string;
            };
            allowed_cache_controls: string[];
            allowed_routes: string[];
            blocked: boolean;
            budget_duration: string | null;
            budget_id: string | null;
            budget_limits: components["schemas"]["BudgetPeriod"][];
            budget_reset_at: string | null;
            config: {
                [key: string]: unknown;
            };
            created_at: string | null;
            created_by: string;
            expires: string | null;
            key_alias: string | null;
            key_name: string;
            /** @enum {string} */
            key_type: "default" | "llm_api" | "management" | "read_only";
            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
            max_budget: number | null;
            max_parallel_requests: number | null;
            metadata: {
                [key: string]: unknown;
            };
            model_max_budget: {
                [key: string]: components["schemas"]["BudgetPeriod"];
            };
            model_rpm_limit: {
                [key: string]: number;
            };
            model_tpm_limit: {
                [key: string]: number;
            };
            models: string[];
            organization_id: string | null;
            permissions: {
                [key: string]: unknown;
            };
            rpm_limit: number | null;
            soft_budget: number | null;
            spend: number;
            spend_reset_at: string | null;
            /** @description What the spend before `spend_reset_at` counts as, in USD. */
            spend_reset_to: number | null;
            tags: string[];
            team_id: string | null;
            temp_budget_expiry: string | null;
            temp_budget_increase: number | null;
            tpm_limit: number | null;
            updated_at: string | null;
            updated_by: string;
            user_id: string | null;
        };
        KeyKeyResetSpendBody: {
            /** @description USD. */
            reset_to: number;
        };
        KeyRegenerateBody: {
            aliases?: {
                [key: string]: string;
            } | null;
            /** @description For proxy admins only. */
            allowed_cache_controls?: ("ttl" | "s-maxage" | "s-max-age" | "no-cache" | "no-store" | "namespace" | "use-cache")[] | null;
            allowed_routes?: string[] | null;
            /** @description For proxy admins only. */
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            /** @description For proxy admins only. */
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            duration?: string | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            grace_period?: string | null;
            key?: string | null;
            key_alias?: string | null;
            /** @enum {string|null} */
            key_type?: "default" | "llm_api" | "management" | "read_only" | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            /** @description For proxy admins only. */
            new_key?: string | null;
            /** @description For proxy admins only. */
            organization_id?: string | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            tags?: string[] | null;
            team_id?: string | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
            user_id?: string | null;
        };
        KeyServiceAccountGenerateBody: {
            aliases?: {
                [key: string]: string;
            } | null;
            allowed_cache_controls?: ("ttl" | "s-maxage" | "s-max-age" | "no-cache" | "no-store" | "namespace" | "use-cache")[] | null;
            allowed_routes?: string[] | null;
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            /** @description For proxy admins only. */
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            duration?: string | null;
            /** @description For proxy admins only. */
            key?: string | null;
            key_alias?: string | null;
            /** @enum {string|null} */
            key_type?: "default" | "llm_api" | "management" | "read_only" | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            /** @description For proxy admins only. */
            organization_id?: string | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            tags?: string[] | null;
            team_id: string;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
            user_id?: string | null;
        };
        KeySpend: {
            metadata: {
                key_alias: string | null;
                key_exists: boolean;
                team_id: string | null;
            };
            metrics: components["schemas"]["SpendMetrics"];
        };
        KeyUnblockBody: {
            key: string;
        };
        KeyUpdateBody: {
            aliases?: {
                [key: string]: string;
            } | null;
            /** @description For proxy admins only. */
            allowed_cache_controls?: ("ttl" | "s-maxage" | "s-max-age" | "no-cache" | "no-store" | "namespace" | "use-cache")[] | null;
            allowed_routes?: string[] | null;
            /** @description For proxy admins only. */
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            /** @description For proxy admins only. */
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            duration?: string | null;
            key: string;
            key_alias?: string | null;
            /** @enum {string|null} */
            key_type?: "default" | "llm_api" | "management" | "read_only" | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            /** @description For proxy admins only. */
            organization_id?: string | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            tags?: string[] | null;
            team_id?: string | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
            user_id?: string | null;
        };
        KeyWithSecret: {
            aliases: {
                [key: string]: string;
            };
            allowed_cache_controls: string[];
            allowed_routes: string[];
            blocked: boolean;
            budget_duration: string | null;
            budget_id: string | null;
            budget_limits: components["schemas"]["BudgetPeriod"][];
            budget_reset_at: string | null;
            config: {
                [key: string]: unknown;
            };
            created_at: string | null;
            created_by: string;
            expires: string | null;
            /** @description The key where it was just made: shown this once. */
            key: string;
            key_alias: string | null;
            key_name: string;
            /** @enum {string} */
            key_type: "default" | "llm_api" | "management" | "read_only";
            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
            max_budget: number | null;
            max_parallel_requests: number | null;
            metadata: {
                [key: string]: unknown;
            };
            model_max_budget: {
                [key: string]: components["schemas"]["BudgetPeriod"];
            };
            model_rpm_limit: {
                [key: string]: number;
            };
            model_tpm_limit: {
                [key: string]: number;
            };
            models: string[];
            organization_id: string | null;
            permissions: {
                [key: string]: unknown;
            };
            rpm_limit: number | null;
            soft_budget: number | null;
            spend: number;
            spend_reset_at: string | null;
            /** @description What the spend before `spend_reset_at` counts as, in USD. */
            spend_reset_to: number | null;
            tags: string[];
            team_id: string | null;
            temp_budget_expiry: string | null;
            temp_budget_increase: number | null;
            token: string;
            token_id: string;
            tpm_limit: number | null;
            updated_at: string | null;
            updated_by: string;
            user_id: string | null;
        };
        Limits: {
            budget_duration: string | null;
            budget_limits: components["schemas"]["BudgetPeriod"][];
            max_budget: number | null;
            max_parallel_requests: number | null;
            model_max_budget: {
                [key: string]: components["schemas"]["BudgetPeriod"];
            };
            model_rpm_limit: {
                [key: string]: number;
            };
            model_tpm_limit: {
                [key: string]: number;
            };
            rpm_limit: number | null;
            soft_budget: number | null;
            temp_budget_expiry: string | null;
            temp_budget_increase: number | null;
            tpm_limit: number | null;
        };
        LimitState: {
            enforced: number;
            held: number;
            limit: number | null;
            limit_type: string;
            model: string | null;
            period_start: string | null;
            remaining: number | null;
            resets_at: string | null;
            settled: number;
            soft_budget?: number;
            source: string | null;
            temp_budget_increase?: number;
            window: string | null;
        };
        MemberLimits: {
            budget_duration: string | null;
            max_budget: number | null;
            rpm_limit: number | null;
            tpm_limit: number | null;
        };
        Model: {
            created: number;
            /** @description What requests send as `model`. */
            id: string;
            /** @constant */
            object: "model";
            owned_by: string;
        };
        ModelDeleteBody: {
            id: string;
        };
        ModelNewBody: {
            blocked?: boolean | null;
            litellm_params: {
                [key: string]: unknown;
            };
            model_info?: {
                access_groups?: string[] | null;
                id?: string | null;
                team_id?: unknown;
                team_public_model_name?: unknown;
            } | null;
            model_name: string;
        };
        ModelUpdateBody: {
            blocked?: boolean | null;
            litellm_params?: {
                [key: string]: unknown;
            } | null;
            model_info?: {
                access_groups?: string[] | null;
                id?: string | null;
                team_id?: unknown;
                team_public_model_name?: unknown;
            } | null;
            model_name?: string | null;
        };
        Organization: {
            blocked: boolean;
            budget_duration: string | null;
            budget_id: string | null;
            budget_limits: components["schemas"]["BudgetPeriod"][];
            budget_reset_at: string | null;
            created_at: string | null;
            created_by: string;
            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
            max_budget: number | null;
            max_parallel_requests: number | null;
            members: components["schemas"]["OrganizationMembership"][];
            metadata: {
                [key: string]: unknown;
            };
            model_max_budget: {
                [key: string]: components["schemas"]["BudgetPeriod"];
            };
            model_rpm_limit: {
                [key: string]: number;
            };
            model_tpm_limit: {
                [key: string]: number;
            };
            models: string[];
            organization_alias: string | null;
            organization_id: string;
            rpm_limit: number | null;
            soft_budget: number | null;
            spend: number;
            teams: {
                blocked: boolean;
                models: string[];
                team_alias: string | null;
                team_id: string;
            }[];
            temp_budget_expiry: string | null;
            temp_budget_increase: number | null;
            tpm_limit: number | null;
            updated_at: string | null;
            updated_by: string;
        };
        OrganizationDeleteBody: {
            organization_ids: string[];
        };
        OrganizationInfoBody: {
            organizations: string[];
        };
        OrganizationMemberAddBody: {
            member: {
                /**
                 * @default internal_user
                 * @enum {string}
                 */
                role?: "org_admin" | "internal_user" | "internal_user_viewer";
                /** Format: email */
                user_email?: string | null;
                user_id?: string | null;
            } | {
                /**
                 * @default internal_user
                 * @enum {string}
                 */
                role?: "org_admin" | "internal_user" | "internal_user_viewer";
                /** Format: email */
                user_email?: string | null;
                user_id?: string | null;
            }[];
            organization_id: string;
        };
        OrganizationMembership: {
            budget_id: string | null;
            organization_id: string;
            user_id: string;
            /** @enum {string} */
            user_role: "org_admin" | "internal_user" | "internal_user_viewer";
        };
        OrganizationNewBody: {
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            organization_alias?: string | null;
            organization_id?: string | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
        };
        OrganizationUpdateBody: {
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            organization_alias?: string | null;
            organization_id: string;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
        };
        PatchCredentialsCredentialNameBody: {
            credential_info?: {
                [key: string]: unknown;
            } | null;
            credential_name?: string | null;
            credential_values?: {
                [key: string]: unknown;
            } | null;
        };
        PatchModelModelIdUpdateBody: {
            blocked?: boolean | null;
            litellm_params?: {
                [key: string]: unknown;
            } | null;
            model_info?: {
                access_groups?: string[] | null;
                id?: string | null;
                team_id?: unknown;
                team_public_model_name?: unknown;
            } | null;
            model_name?: string | null;
        };
        PatchOrganizationMemberUpdateBody: {
            member: {
                /**
                 * @default internal_user
                 * @enum {string}
                 */
                role?: "org_admin" | "internal_user" | "internal_user_viewer";
                /** Format: email */
                user_email?: string | null;
                user_id?: string | null;
            } | {
                /**
                 * @default internal_user
                 * @enum {string}
                 */
                role?: "org_admin" | "internal_user" | "internal_user_viewer";
                /** Format: email */
                user_email?: string | null;
                user_id?: string | null;
            }[];
            organization_id: string;
        };
        PatchOrganizationUpdateBody: {
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            organization_alias?: string | null;
            organization_id: string;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
        };
        PutAccessGroupAccessGroupUpdateBody: {
            model_ids?: string[] | null;
            model_names?: string[] | null;
        };
        PutConfigPassThroughEndpointBody: {
            auth?: boolean | null;
            cost_per_request?: number | null;
            default_query_params?: {
                [key: string]: (string | number | boolean) | null;
            } | null;
            forward_headers?: boolean | null;
            guardrails?: (string[] | {
                [key: string]: {
                    request_fields?: string[] | null;
                    response_fields?: string[] | null;
                } | null;
            }) | null;
            headers?: {
                [key: string]: (string | number | boolean) | null;
            } | null;
            id?: string | null;
            include_subpath?: boolean | null;
            methods?: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")[] | null;
            path?: string;
            target?: string;
        };
        SpendArchive: {
            /** @description Failures in a row. */
            attempts: number;
            created_at: string | null;
            /** @description The first day (UTC). */
            date_from: string;
            /** @description The day before which it ends, as `end_date` of `/spend/logs`. */
            date_to: string;
            entry_count: number;
            error: string | null;
            /** @description When the calls left the database. */
            exported_at: string | null;
            /** @description From 1 on: calls that came after their week was archived make a further one. */
            generation: number;
            id: string;
            /** @description Name of the manifest at the location, once the calls are exported. */
            manifest: string | null;
            next_attempt_at: string | null;
            /** @description Objects that are written. */
            parts: number;
            /** @description USD. */
            spend: number;
            /**
             * @description `archived`: the calls are in cold storage alone. `failed`: tried too often; the calls are in the database, and a replay tries again. `dropped`: a retention period took the calls away.
             * @enum {string}
             */
            status: "exporting" | "exported" | "archived" | "failed" | "dropped";
            storage_location: string | null;
            storage_type: string | null;
        };
        SpendCalculateBody: {
            completion_response?: {
                [key: string]: unknown;
            } | null;
            messages?: {
                [key: string]: unknown;
            }[] | null;
            model?: string | null;
        };
        SpendDay: {
            models: {
                [key: string]: number;
            };
            spend: number;
            startTime: string;
            users: {
                [key: string]: number;
            };
        };
        SpendLog: {
            api_base: string;
            /** @description Hash of the key; empty for the master key. */
            api_key: string;
            cache_hit: string;
            cache_key: string;
            call_type: string;
            completion_tokens: number;
            completionStartTime: string | null;
            custom_llm_provider: string;
            end_user: string;
            endTime: string | null;
            metadata: {
                [key: string]: unknown;
            };
            model: string;
            model_group: string;
            model_id: string;
            organization_id: string | null;
            prompt_tokens: number;
            request_duration_ms: number;
            request_id: string;
            request_tags: string[];
            /** @description USD; 0 also where no price is known, which `metadata.price_unknown` tells. */
            spend: number;
            startTime: string | null;
            status: string;
            team_id: string | null;
            total_tokens: number;
            user: string;
        };
        SpendMetrics: {
            api_requests: number;
            cache_creation_input_tokens: number;
            cache_read_input_tokens: number;
            completion_tokens: number;
            failed_requests: number;
            prompt_tokens: number;
            spend: number;
            successful_requests: number;
            total_tokens: number;
        };
        SpendPart: {
            api_key_breakdown: {
                [key: string]: components["schemas"]["KeySpend"];
            };
            metadata: {
                [key: string]: unknown;
            };
            metrics: components["schemas"]["SpendMetrics"];
        };
        Tag: {
            budget_duration: string | null;
            budget_id: string | null;
            budget_limits: components["schemas"]["BudgetPeriod"][];
            budget_reset_at: string | null;
            created_at: string | null;
            created_by: string;
            description: string | null;
            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
            max_budget: number | null;
            max_parallel_requests: number | null;
            model_info: {
                [key: string]: string;
            };
            model_max_budget: {
                [key: string]: components["schemas"]["BudgetPeriod"];
            };
            model_rpm_limit: {
                [key: string]: number;
            };
            model_tpm_limit: {
                [key: string]: number;
            };
            models: string[];
            name: string;
            rpm_limit: number | null;
            soft_budget: number | null;
            spend: number;
            temp_budget_expiry: string | null;
            temp_budget_increase: number | null;
            tpm_limit: number | null;
            updated_at: string | null;
        };
        TagDeleteBody: {
            name: string;
        };
        TagInfoBody: {
            names: string[];
        };
        TagNewBody: {
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            description?: string | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            name: string;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
        };
        TagUpdateBody: {
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            description?: string | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            name: string;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
        };
        Team: {
            admins: string[];
            blocked: boolean;
            budget_duration: string | null;
            budget_id: string | null;
            budget_limits: components["schemas"]["BudgetPeriod"][];
            budget_reset_at: string | null;
            created_at: string | null;
            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
            max_budget: number | null;
            max_parallel_requests: number | null;
            members: string[];
            members_with_roles: {
                max_budget_in_team: number | null;
                /** @enum {string} */
                role: "admin" | "user";
                user_id: string;
            }[];
            metadata: {
                [key: string]: unknown;
            };
            model_aliases: {
                [key: string]: string;
            };
            model_max_budget: {
                [key: string]: components["schemas"]["BudgetPeriod"];
            };
            model_rpm_limit: {
                [key: string]: number;
            };
            model_tpm_limit: {
                [key: string]: number;
            };
            models: string[];
            organization_id: string | null;
            rpm_limit: number | null;
            soft_budget: number | null;
            spend: number;
            tags: string[];
            team_alias: string | null;
            team_id: string;
            team_member_budget: number | null;
            team_member_budget_duration: string | null;
            team_member_budget_table: components["schemas"]["MemberLimits"];
            team_member_permissions: string[];
            team_member_rpm_limit: number | null;
            team_member_tpm_limit: number | null;
            temp_budget_expiry: string | null;
            temp_budget_increase: number | null;
            tpm_limit: number | null;
            updated_at: string | null;
        };
        TeamBlockBody: {
            team_id: string;
        };
        TeamBulkMemberAddBody: {
            /** @default false */
            all_users?: boolean;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            /** @description USD. */
            max_budget_in_team?: number | null;
            members?: {
                /**
                 * @default user
                 * @enum {string}
                 */
                role?: "admin" | "user";
                /** Format: email */
                user_email?: string | null;
                user_id?: string | null;
            }[] | null;
            rpm_limit?: number | null;
            team_id: string;
            tpm_limit?: number | null;
        };
        TeamDeleteBody: {
            team_ids: string[];
        };
        TeamKeyBulkUpdateBody: {
            /** @default false */
            all_keys_in_team?: boolean;
            key_ids?: string[] | null;
            team_id: string;
            update_fields: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                budget_limits?: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    /** @description USD. */
                    max_budget: number;
                }[] | null;
                /** @description USD. */
                max_budget?: number | null;
                max_parallel_requests?: number | null;
                model_max_budget?: {
                    [key: string]: {
                        /**
                         * @description A span: 30s, 30m, 24h, 7d, 1mo.
                         * @example 30d
                         */
                        budget_duration?: string | null;
                        budget_limit?: number | string;
                        max_budget?: number | string;
                        /**
                         * @description A span: 30s, 30m, 24h, 7d, 1mo.
                         * @example 30d
                         */
                        time_period?: string | null;
                    };
                } | null;
                model_rpm_limit?: {
                    [key: string]: number;
                } | null;
                model_tpm_limit?: {
                    [key: string]: number;
                } | null;
                rpm_limit?: number | null;
                /** @description USD. */
                soft_budget?: number | null;
                temp_budget_expiry?: string | null;
                /** @description USD. */
                temp_budget_increase?: number | null;
                tpm_limit?: number | null;
            };
        };
        TeamMemberAddBody: {
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            /** @description USD. */
            max_budget_in_team?: number | null;
            member: {
                /**
                 * @default user
                 * @enum {string}
                 */
                role?: "admin" | "user";
                /** Format: email */
                user_email?: string | null;
                user_id?: string | null;
            } | {
                /**
                 * @default user
                 * @enum {string}
                 */
                role?: "admin" | "user";
                /** Format: email */
                user_email?: string | null;
                user_id?: string | null;
            }[];
            rpm_limit?: number | null;
            team_id: string;
            tpm_limit?: number | null;
        };
        TeamMemberDeleteBody: {
            team_id: string;
            /** Format: email */
            user_email?: string | null;
            user_id?: string | null;
        };
        TeamMembership: {
            budget_id: string | null;
            litellm_budget_table: components["schemas"]["MemberLimits"] | null;
            team_id: string;
            user_id: string;
        };
        TeamMemberUpdateBody: {
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            /** @description USD. */
            max_budget_in_team?: number | null;
            /** @enum {string|null} */
            role?: "admin" | "user" | null;
            rpm_limit?: number | null;
            team_id: string;
            tpm_limit?: number | null;
            /** Format: email */
            user_email?: string | null;
            user_id?: string | null;
        };
        TeamModelAddBody: {
            models: string[];
            team_id: string;
        };
        TeamModelDeleteBody: {
            models: string[];
            team_id: string;
        };
        TeamNewBody: {
            admins?: string[] | null;
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            members?: string[] | null;
            members_with_roles?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                budget_id?: string | null;
                /** @description USD. */
                max_budget_in_team?: number | null;
                /**
                 * @default user
                 * @enum {string}
                 */
                role?: "admin" | "user";
                rpm_limit?: number | null;
                tpm_limit?: number | null;
                user_id: string;
            }[] | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_aliases?: {
                [key: string]: string;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            organization_id?: string | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            tags?: string[] | null;
            team_alias?: string | null;
            team_id?: string | null;
            /** @description USD. */
            team_member_budget?: number | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            team_member_budget_duration?: string | null;
            team_member_permissions?: ("/key/generate" | "/key/update" | "/key/delete" | "/key/regenerate" | "/key/{key_id}/regenerate" | "/key/service-account/generate" | "/key/info" | "/key/health" | "/key/list" | "/key/aliases")[] | null;
            team_member_rpm_limit?: number | null;
            team_member_tpm_limit?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
        };
        TeamPermissionsUpdateBody: {
            team_id: string;
            team_member_permissions?: ("/key/generate" | "/key/update" | "/key/delete" | "/key/regenerate" | "/key/{key_id}/regenerate" | "/key/service-account/generate" | "/key/info" | "/key/health" | "/key/list" | "/key/aliases")[] | null;
        };
        TeamUnblockBody: {
            team_id: string;
        };
        TeamUpdateBody: {
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            members_with_roles?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                budget_id?: string | null;
                /** @description USD. */
                max_budget_in_team?: number | null;
                /**
                 * @default user
                 * @enum {string}
                 */
                role?: "admin" | "user";
                rpm_limit?: number | null;
                tpm_limit?: number | null;
                user_id: string;
            }[] | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_aliases?: {
                [key: string]: string;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            /** @description For proxy admins only. */
            organization_id?: string | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            tags?: string[] | null;
            team_alias?: string | null;
            team_id: string;
            /** @description USD. */
            team_member_budget?: number | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            team_member_budget_duration?: string | null;
            team_member_permissions?: ("/key/generate" | "/key/update" | "/key/delete" | "/key/regenerate" | "/key/{key_id}/regenerate" | "/key/service-account/generate" | "/key/info" | "/key/health" | "/key/list" | "/key/aliases")[] | null;
            team_member_rpm_limit?: number | null;
            team_member_tpm_limit?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
        };
        User: {
            blocked: boolean;
            budget_duration: string | null;
            budget_id: string | null;
            budget_limits: components["schemas"]["BudgetPeriod"][];
            budget_reset_at: string | null;
            created_at: string | null;
            created_by: string;
            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
            max_budget: number | null;
            max_parallel_requests: number | null;
            metadata: {
                [key: string]: unknown;
            };
            model_max_budget: {
                [key: string]: components["schemas"]["BudgetPeriod"];
            };
            model_rpm_limit: {
                [key: string]: number;
            };
            model_tpm_limit: {
                [key: string]: number;
            };
            models: string[];
            rpm_limit: number | null;
            soft_budget: number | null;
            spend: number;
            teams: string[];
            temp_budget_expiry: string | null;
            temp_budget_increase: number | null;
            tpm_limit: number | null;
            updated_at: string | null;
            updated_by: string;
            user_alias: string | null;
            user_email: string | null;
            user_id: string;
            /** @enum {string} */
            user_role: "proxy_admin" | "proxy_admin_viewer" | "internal_user" | "internal_user_viewer";
        };
        UserBulkUpdateBody: {
            /** @default false */
            all_users?: boolean;
            user_updates?: {
                blocked?: boolean | null;
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                budget_id?: string | null;
                budget_limits?: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    /** @description USD. */
                    max_budget: number;
                }[] | null;
                /** @description USD. */
                max_budget?: number | null;
                max_parallel_requests?: number | null;
                metadata?: {
                    [key: string]: unknown;
                } | null;
                model_max_budget?: {
                    [key: string]: {
                        /**
                         * @description A span: 30s, 30m, 24h, 7d, 1mo.
                         * @example 30d
                         */
                        budget_duration?: string | null;
                        budget_limit?: number | string;
                        max_budget?: number | string;
                        /**
                         * @description A span: 30s, 30m, 24h, 7d, 1mo.
                         * @example 30d
                         */
                        time_period?: string | null;
                    };
                } | null;
                model_rpm_limit?: {
                    [key: string]: number;
                } | null;
                model_tpm_limit?: {
                    [key: string]: number;
                } | null;
                models?: string[] | null;
                rpm_limit?: number | null;
                /** @description USD. */
                soft_budget?: number | null;
                temp_budget_expiry?: string | null;
                /** @description USD. */
                temp_budget_increase?: number | null;
                tpm_limit?: number | null;
                user_alias?: string | null;
                /** @enum {string|null} */
                user_role?: "proxy_admin" | "proxy_admin_viewer" | "internal_user" | "internal_user_viewer" | null;
            } | null;
            users?: {
                blocked?: boolean | null;
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                budget_id?: string | null;
                budget_limits?: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    /** @description USD. */
                    max_budget: number;
                }[] | null;
                /** @description USD. */
                max_budget?: number | null;
                max_parallel_requests?: number | null;
                metadata?: {
                    [key: string]: unknown;
                } | null;
                model_max_budget?: {
                    [key: string]: {
                        /**
                         * @description A span: 30s, 30m, 24h, 7d, 1mo.
                         * @example 30d
                         */
                        budget_duration?: string | null;
                        budget_limit?: number | string;
                        max_budget?: number | string;
                        /**
                         * @description A span: 30s, 30m, 24h, 7d, 1mo.
                         * @example 30d
                         */
                        time_period?: string | null;
                    };
                } | null;
                model_rpm_limit?: {
                    [key: string]: number;
                } | null;
                model_tpm_limit?: {
                    [key: string]: number;
                } | null;
                models?: string[] | null;
                rpm_limit?: number | null;
                /** @description USD. */
                soft_budget?: number | null;
                temp_budget_expiry?: string | null;
                /** @description USD. */
                temp_budget_increase?: number | null;
                tpm_limit?: number | null;
                user_alias?: string | null;
                /** Format: email */
                user_email?: string | null;
                user_id?: string | null;
                /** @enum {string|null} */
                user_role?: "proxy_admin" | "proxy_admin_viewer" | "internal_user" | "internal_user_viewer" | null;
            }[] | null;
        };
        UserDeleteBody: {
            user_ids: string[];
        };
        UserNewBody: {
            /** @default true */
            auto_create_key?: boolean;
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            duration?: string | null;
            key_alias?: string | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            team_id?: string | null;
            teams?: (string | {
                /** @description USD. */
                max_budget_in_team?: number | null;
                team_id: string;
                /**
                 * @default user
                 * @enum {string}
                 */
                user_role?: "admin" | "user";
            })[] | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
            user_alias?: string | null;
            /** Format: email */
            user_email?: string | null;
            user_id?: string | null;
            /** @enum {string|null} */
            user_role?: "proxy_admin" | "proxy_admin_viewer" | "internal_user" | "internal_user_viewer" | null;
        };
        UserUpdateBody: {
            blocked?: boolean | null;
            /**
             * @description A span: 30s, 30m, 24h, 7d, 1mo.
             * @example 30d
             */
            budget_duration?: string | null;
            budget_id?: string | null;
            budget_limits?: {
                /**
                 * @description A span: 30s, 30m, 24h, 7d, 1mo.
                 * @example 30d
                 */
                budget_duration?: string | null;
                /** @description USD. */
                max_budget: number;
            }[] | null;
            /** @description USD. */
            max_budget?: number | null;
            max_parallel_requests?: number | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            model_max_budget?: {
                [key: string]: {
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    budget_duration?: string | null;
                    budget_limit?: number | string;
                    max_budget?: number | string;
                    /**
                     * @description A span: 30s, 30m, 24h, 7d, 1mo.
                     * @example 30d
                     */
                    time_period?: string | null;
                };
            } | null;
            model_rpm_limit?: {
                [key: string]: number;
            } | null;
            model_tpm_limit?: {
                [key: string]: number;
            } | null;
            models?: string[] | null;
            rpm_limit?: number | null;
            /** @description USD. */
            soft_budget?: number | null;
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
            user_alias?: string | null;
            /** Format: email */
            user_email?: string | null;
            user_id?: string | null;
            /** @enum {string|null} */
            user_role?: "proxy_admin" | "proxy_admin_viewer" | "internal_user" | "internal_user_viewer" | null;
        };
        V2KeyInfoBody: {
            key_aliases?: string[] | null;
            keys?: string[] | null;
        };
        ValidationError: {
            /** @description Each fault, in FastAPI's shape. */
            detail?: {
                loc: (string | number)[];
                msg: string;
                type: string;
            }[];
            error: {
                /** @description The status as text, or OpenAI's code. */
                code: string | null;
                /** @description What is wrong and what to do, in a sentence. No keys, no bodies. */
                message: string;
                /** @description The field at fault. */
                param: string | null;
                /** @description What kind of error: `invalid_request_error`, `not_found_error`, `budget_exceeded`, ... */
                type: string;
            };
        };
    };
    responses: {
        /** @description The request contradicts itself or what is there. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Somebody else has the name, or changed it at the same moment. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Any other failure, in OpenAI's error shape. */
        Failure: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The key may not do that. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description What the request names is not there, or not the caller's to see. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description A limit is used up; `retry-after` says when it is not. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No key, or one that is unknown, blocked or expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The database or another part is away. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description A field is unknown, missing or of another kind. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ValidationError"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    delete_access_group_access_group_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                access_group: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_group: string;
                        message: string;
                        models_updated: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_access_group_access_group_info: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                access_group: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_group: string;
                        deployment_count: number;
                        model_names: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    put_access_group_access_group_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                access_group: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PutAccessGroupAccessGroupUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_group: string;
                        model_ids: string[] | null;
                        model_names: string[] | null;
                        models_updated: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_access_group_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_groups: {
                            access_group: string;
                            deployment_count: number;
                            model_names: string[];
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_access_group_new: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "access_group": "production",
                 *       "model_names": [
                 *         "gpt-4o"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AccessGroupNewBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_group: string;
                        model_ids: string[] | null;
                        model_names: string[] | null;
                        models_updated: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_add_allowed_ip: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddAllowedIpBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                        status: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_audit: {
        parameters: {
            query?: {
                /** @description What was done. */
                action?: "created" | "updated" | "deleted" | "blocked" | "unblocked" | "rotated";
                /** @description Who made the change, or whom they named in `litellm-changed-by`. */
                changed_by?: string;
                /** @description Hash of the key that asked for it. */
                changed_by_api_key?: string;
                end_date?: string;
                /** @description The `next` of the page before: pages that stay right while entries come. */
                next?: string;
                /** @description Id of what was changed; of a key its hash. */
                object_id?: string;
                /** @description Hash of the key that was changed. */
                object_key_hash?: string;
                /** @description `team_id` of what was changed. */
                object_team_id?: string;
                /** @description The page, from 1 on. */
                page?: number;
                /** @description Entries of a page. */
                page_size?: number;
                /** @description Entries are sorted by time. */
                sort_by?: "updated_at";
                /** @description The newest come first. */
                sort_order?: "desc";
                start_date?: string;
                /** @description LiteLLM's name of the table, such as LiteLLM_TeamTable. */
                table_name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audit_logs: {
                            action: string;
                            before_value: {
                                [key: string]: unknown;
                            } | null;
                            changed_by: string;
                            /** @description Hash of the key; empty for the master key. */
                            changed_by_api_key: string;
                            id: string;
                            /** @description On whose behalf, by the caller's own word. */
                            litellm_changed_by: string | null;
                            object_id: string;
                            table_name: string;
                            updated_at: string | null;
                            updated_values: {
                                [key: string]: unknown;
                            } | null;
                        }[];
                        next: string | null;
                        page: number;
                        page_size: number;
                        total: number;
                        total_pages: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_audit_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        action: string;
                        before_value: {
                            [key: string]: unknown;
                        } | null;
                        changed_by: string;
                        /** @description Hash of the key; empty for the master key. */
                        changed_by_api_key: string;
                        id: string;
                        /** @description On whose behalf, by the caller's own word. */
                        litellm_changed_by: string | null;
                        object_id: string;
                        table_name: string;
                        updated_at: string | null;
                        updated_values: {
                            [key: string]: unknown;
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_budget_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BudgetDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_budget_explain: {
        parameters: {
            query?: {
                /** @description The owner; of a member `team:user`. Absent: the caller's own. */
                id?: string;
                /** @description Whose limits. Default: key. */
                scope?: "key" | "team" | "user" | "member" | "organization" | "end_user" | "tag" | "provider" | "deployment" | "proxy";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        ledger: {
                            failures: number;
                            requests: number;
                            spend: number;
                        } | null;
                        limits: components["schemas"]["LimitState"][];
                        name: string;
                        now: string | null;
                        scope: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_budget_info: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BudgetInfoBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_budget_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_budget_new: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "budget_id": "trial",
                 *       "max_budget": 5,
                 *       "budget_duration": "7d",
                 *       "rpm_limit": 10
                 *     }
                 */
                "application/json": components["schemas"]["BudgetNewBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_budget_settings: {
        parameters: {
            query?: {
                /** @description Id of the budget object. */
                budget_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        field_default_value: null;
                        field_description: string;
                        field_name: string;
                        field_type: string;
                        field_value: unknown;
                        stored_in_db: boolean;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_budget_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BudgetUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_cache_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CacheDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "success";
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_cache_flushall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "success";
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_cache_ping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cache_type: string;
                        litellm_cache_params: string;
                        ping_response: boolean;
                        /** @constant */
                        set_cache_response: "success";
                        stats: {
                            /** @enum {string} */
                            breaker: "closed" | "open" | "half-open";
                            failures: number;
                            operations: number;
                            spared: number;
                            timeouts: number;
                        } | null;
                        /** @constant */
                        status: "healthy";
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_cache_redis_info: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        clients: {
                            [key: string]: string;
                        }[];
                        info: {
                            [key: string]: string;
                        };
                        num_clients: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_callbacks_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        failure: string[];
                        success: string[];
                        success_and_failure: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_config_field_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfigFieldDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        param_name: string;
                        param_value: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_config_field_info: {
        parameters: {
            query: {
                field_name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        field_name: string;
                        field_value: unknown;
                        owned_by_config: boolean;
                        stored_in_db: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_config_field_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfigFieldUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        param_name: string;
                        param_value: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_config_list: {
        parameters: {
            query?: {
                config_type?: "general_settings" | "litellm_settings" | "router_settings" | "callback_settings";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        field_default_value: unknown;
                        field_description: string;
                        field_name: string;
                        field_type: string;
                        field_value: unknown;
                        live: boolean;
                        owned_by_config: boolean;
                        stored_in_db: boolean | null;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_config_pass_through_endpoint: {
        parameters: {
            query?: {
                /** @description One endpoint. */
                endpoint_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        endpoints: {
                            auth: boolean;
                            cost_per_request: number;
                            default_query_params: {
                                [key: string]: string;
                            };
                            error: string | null;
                            forward_headers: boolean;
                            guardrails: {
                                [key: string]: {
                                    request_fields?: string[];
                                    response_fields?: string[];
                                } | null;
                            };
                            headers: {
                                [key: string]: string;
                            };
                            id: string;
                            include_subpath: boolean;
                            is_from_config: boolean;
                            methods: string[];
                            path: string;
                            target: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    put_config_pass_through_endpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PutConfigPassThroughEndpointBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        endpoints: {
                            auth: boolean;
                            cost_per_request: number;
                            default_query_params: {
                                [key: string]: string;
                            };
                            error: string | null;
                            forward_headers: boolean;
                            guardrails: {
                                [key: string]: {
                                    request_fields?: string[];
                                    response_fields?: string[];
                                } | null;
                            };
                            headers: {
                                [key: string]: string;
                            };
                            id: string;
                            include_subpath: boolean;
                            is_from_config: boolean;
                            methods: string[];
                            path: string;
                            target: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_config_pass_through_endpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "path": "/v1/search",
                 *       "target": "https://search.example.com/v1/search",
                 *       "headers": {
                 *         "authorization": "Bearer ..."
                 *       },
                 *       "include_subpath": true,
                 *       "cost_per_request": 0.01
                 *     }
                 */
                "application/json": components["schemas"]["ConfigPassThroughEndpointBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        endpoints: {
                            auth: boolean;
                            cost_per_request: number;
                            default_query_params: {
                                [key: string]: string;
                            };
                            error: string | null;
                            forward_headers: boolean;
                            guardrails: {
                                [key: string]: {
                                    request_fields?: string[];
                                    response_fields?: string[];
                                } | null;
                            };
                            headers: {
                                [key: string]: string;
                            };
                            id: string;
                            include_subpath: boolean;
                            is_from_config: boolean;
                            methods: string[];
                            path: string;
                            target: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    delete_config_pass_through_endpoint: {
        parameters: {
            query: {
                /** @description The endpoint. */
                endpoint_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        endpoints: {
                            auth: boolean;
                            cost_per_request: number;
                            default_query_params: {
                                [key: string]: string;
                            };
                            error: string | null;
                            forward_headers: boolean;
                            guardrails: {
                                [key: string]: {
                                    request_fields?: string[];
                                    response_fields?: string[];
                                } | null;
                            };
                            headers: {
                                [key: string]: string;
                            };
                            id: string;
                            include_subpath: boolean;
                            is_from_config: boolean;
                            methods: string[];
                            path: string;
                            target: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_config_pass_through_endpoint_endpoint_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ConfigPassThroughEndpointEndpointIdBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        endpoints: {
                            auth: boolean;
                            cost_per_request: number;
                            default_query_params: {
                                [key: string]: string;
                            };
                            error: string | null;
                            forward_headers: boolean;
                            guardrails: {
                                [key: string]: {
                                    request_fields?: string[];
                                    response_fields?: string[];
                                } | null;
                            };
                            headers: {
                                [key: string]: string;
                            };
                            id: string;
                            include_subpath: boolean;
                            is_from_config: boolean;
                            methods: string[];
                            path: string;
                            target: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_config_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ConfigUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_config_yaml: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_cost_estimate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "gpt-4o",
                 *       "input_tokens": 1000,
                 *       "output_tokens": 500,
                 *       "num_requests_per_day": 100
                 *     }
                 */
                "application/json": components["schemas"]["CostEstimateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cache_creation_cost_per_request: number;
                        cache_creation_input_token_cost: number;
                        cache_creation_input_tokens: number;
                        cache_read_cost_per_request: number;
                        cache_read_input_token_cost: number;
                        cache_read_input_tokens: number;
                        cost_per_request: number;
                        daily_cache_creation_cost: number | null;
                        daily_cache_read_cost: number | null;
                        daily_cost: number | null;
                        daily_input_cost: number | null;
                        daily_margin_cost: number | null;
                        daily_output_cost: number | null;
                        daily_reasoning_cost: number | null;
                        input_cost_per_request: number;
                        input_cost_per_token: number;
                        input_tokens: number;
                        margin_cost_per_request: number;
                        model: string;
                        monthly_cache_creation_cost: number | null;
                        monthly_cache_read_cost: number | null;
                        monthly_cost: number | null;
                        monthly_input_cost: number | null;
                        monthly_margin_cost: number | null;
                        monthly_output_cost: number | null;
                        monthly_reasoning_cost: number | null;
                        num_requests_per_day: number | null;
                        num_requests_per_month: number | null;
                        output_cost_per_reasoning_token: number;
                        output_cost_per_request: number;
                        output_cost_per_token: number;
                        output_tokens: number;
                        provider: string | null;
                        reasoning_cost_per_request: number;
                        reasoning_tokens: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_credentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        credentials: {
                            credential_info: {
                                [key: string]: unknown;
                            };
                            credential_name: string;
                            credential_values: {
                                [key: string]: string;
                            };
                        }[];
                        success: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_credentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credential_name": "openai-eu",
                 *       "credential_values": {
                 *         "api_key": "sk-..."
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CredentialsBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                        success: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    delete_credentials_credential_name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credential_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                        success: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    patch_credentials_credential_name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credential_name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchCredentialsCredentialNameBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                        success: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_credentials_by_model_model_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        credential_info: {
                            [key: string]: unknown;
                        };
                        credential_name: string;
                        credential_values: {
                            [key: string]: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_credentials_by_name_credential_name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credential_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        credential_info: {
                            [key: string]: unknown;
                        };
                        credential_name: string;
                        credential_values: {
                            [key: string]: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_customer_block: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerBlockBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blocked_users: components["schemas"]["Customer"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_customer_daily_activity: {
        parameters: {
            query: {
                /** @description Keys or their hashes, separated by commas. */
                api_key?: string;
                /** @description The last day, included. */
                end_date: string;
                /** @description Ids, separated by commas. */
                end_user_ids?: string;
                /** @description A model group. */
                model?: string;
                /** @description From 1 on; the first has the newest days. */
                page?: string;
                /** @description Rows of daily sums that a page is made of, 50 without it: whole days, one at least. */
                page_size?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
                /** @description Minutes from local time to UTC: the days of UTC that the local ones touch are answered. */
                timezone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metadata: {
                            has_more: boolean;
                            page: number;
                            total_api_requests: number;
                            total_cache_creation_input_tokens: number;
                            total_cache_read_input_tokens: number;
                            total_completion_tokens: number;
                            total_failed_requests: number;
                            total_pages: number;
                            total_prompt_tokens: number;
                            total_spend: number;
                            total_successful_requests: number;
                            total_tokens: number;
                        };
                        results: components["schemas"]["DailyActivity"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_customer_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deleted_customers: number;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_customer_info: {
        parameters: {
            query?: {
                /** @description What requests send as `user`. */
                end_user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_customer_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_customer_new: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_id": "customer-17",
                 *       "max_budget": 2,
                 *       "budget_duration": "1d"
                 *     }
                 */
                "application/json": components["schemas"]["CustomerNewBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_customer_unblock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerUnblockBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blocked_users: components["schemas"]["Customer"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_customer_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_delete_allowed_ip: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteAllowedIpBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                        status: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_end_user_block: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerBlockBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blocked_users: components["schemas"]["Customer"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_end_user_daily_activity: {
        parameters: {
            query: {
                /** @description Keys or their hashes, separated by commas. */
                api_key?: string;
                /** @description The last day, included. */
                end_date: string;
                /** @description Ids, separated by commas. */
                end_user_ids?: string;
                /** @description A model group. */
                model?: string;
                /** @description From 1 on; the first has the newest days. */
                page?: string;
                /** @description Rows of daily sums that a page is made of, 50 without it: whole days, one at least. */
                page_size?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
                /** @description Minutes from local time to UTC: the days of UTC that the local ones touch are answered. */
                timezone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metadata: {
                            has_more: boolean;
                            page: number;
                            total_api_requests: number;
                            total_cache_creation_input_tokens: number;
                            total_cache_read_input_tokens: number;
                            total_completion_tokens: number;
                            total_failed_requests: number;
                            total_pages: number;
                            total_prompt_tokens: number;
                            total_spend: number;
                            total_successful_requests: number;
                            total_tokens: number;
                        };
                        results: components["schemas"]["DailyActivity"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_end_user_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deleted_customers: number;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_end_user_info: {
        parameters: {
            query?: {
                /** @description What requests send as `user`. */
                end_user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_end_user_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_end_user_new: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_id": "customer-17",
                 *       "max_budget": 2,
                 *       "budget_duration": "1d"
                 *     }
                 */
                "application/json": components["schemas"]["CustomerNewBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_end_user_unblock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerUnblockBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blocked_users: components["schemas"]["Customer"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_end_user_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_fallback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FallbackBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        fallback_models: string[];
                        fallback_type: string;
                        message: string;
                        model: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_fallback_model: {
        parameters: {
            query?: {
                fallback_type?: "general" | "context_window" | "content_policy";
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        fallback_models: string[];
                        fallback_type: string;
                        model: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    delete_fallback_model: {
        parameters: {
            query?: {
                fallback_type?: "general" | "context_window" | "content_policy";
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        fallback_type: string;
                        message: string;
                        model: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_get_allowed_ips: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_get_config_callbacks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alerts: unknown[];
                        callbacks: {
                            name: string;
                            owned_by_config: boolean;
                            type: string;
                            variables: {
                                [key: string]: unknown;
                            };
                        }[];
                        router_settings: {
                            [key: string]: unknown;
                        };
                        status: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_activity: {
        parameters: {
            query: {
                /** @description The last day, included. */
                end_date: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        daily_data: {
                            api_requests: number;
                            /** @description Such as `Jan 22`. */
                            date: string;
                            total_tokens: number;
                        }[];
                        sum_api_requests: number;
                        sum_total_tokens: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_activity_cache_hits: {
        parameters: {
            query: {
                /** @description The last day, included. */
                end_date: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: string;
                        cache_hit_true_rows: number;
                        cached_completion_tokens: number;
                        call_type: string;
                        generated_completion_tokens: number;
                        model: string;
                        total_rows: number;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_activity_exceptions: {
        parameters: {
            query: {
                /** @description The last day, included. */
                end_date: string;
                /** @description The model group. */
                model_group: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        daily_data: {
                            /** @description Such as `Jan 22`. */
                            date: string;
                            num_rate_limit_exceptions: number;
                        }[];
                        sum_num_rate_limit_exceptions: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_activity_exceptions_deployment: {
        parameters: {
            query: {
                /** @description The last day, included. */
                end_date: string;
                /** @description The model group. */
                model_group: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_base: string;
                        daily_data: {
                            /** @description Such as `Jan 22`. */
                            date: string;
                            num_rate_limit_exceptions: number;
                        }[];
                        sum_num_rate_limit_exceptions: number;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_activity_model: {
        parameters: {
            query: {
                /** @description The last day, included. */
                end_date: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        daily_data: {
                            api_requests: number;
                            /** @description Such as `Jan 22`. */
                            date: string;
                            total_tokens: number;
                        }[];
                        model: string;
                        sum_api_requests: number;
                        sum_total_tokens: number;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_all_end_users: {
        parameters: {
            query?: {
                /** @description The last day, included. */
                end_date?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        end_users: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_spend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        max_budget: number;
                        spend: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_spend_all_tag_names: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tag_names: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_global_spend_end_users: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GlobalSpendEndUsersBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        end_user: string;
                        total_count: number;
                        total_spend: number;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_spend_keys: {
        parameters: {
            query?: {
                /** @description The last day, included. */
                end_date?: string;
                /** @description How many, 1000 at most. */
                limit?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: string;
                        key_alias: string | null;
                        key_name: string | null;
                        total_spend: number;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_spend_logs: {
        parameters: {
            query?: {
                /** @description A key, or its hash. */
                api_key?: string;
                /** @description The last day, included. */
                end_date?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        date: string;
                        spend: number;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_spend_models: {
        parameters: {
            query?: {
                /** @description The last day, included. */
                end_date?: string;
                /** @description How many, 1000 at most. */
                limit?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        model: string;
                        total_spend: number;
                        total_tokens: number;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_spend_provider: {
        parameters: {
            query?: {
                /** @description The last day, included. */
                end_date?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        provider: string;
                        spend: number;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_global_spend_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                        status: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_spend_report: {
        parameters: {
            query: {
                /** @description A key, or its hash: its models. */
                api_key?: string;
                /** @description An end user. */
                customer_id?: string;
                /** @description The last day, included. */
                end_date: string;
                /** @description `team` (also without it), `customer` or `api_key`. */
                group_by?: string;
                /** @description A user: keys and models. */
                internal_user_id?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
                /** @description A team. */
                team_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: string;
                        key_alias: string | null;
                        model_details: {
                            model: string;
                            total_cost: number;
                            total_input_tokens: number;
                            total_output_tokens: number;
                        }[];
                        total_cost: number;
                        total_input_tokens: number;
                        total_output_tokens: number;
                    }[] | {
                        customers?: {
                            customer: string;
                            metadata: {
                                api_key: string;
                                model: string;
                                spend: number;
                                total_tokens: number;
                            }[];
                            total_spend: number;
                        }[];
                        group_by_day: string;
                        teams?: {
                            metadata: {
                                api_key: string;
                                model: string;
                                spend: number;
                                total_tokens: number;
                            }[];
                            team_name: string;
                            total_spend: number;
                        }[];
                        teams_customers?: {
                            customer: string;
                            metadata: {
                                api_key: string;
                                model: string;
                                spend: number;
                                total_tokens: number;
                            }[];
                            team_name: string;
                            total_spend: number;
                        }[];
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_global_spend_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_spend_tags: {
        parameters: {
            query?: {
                /** @description The last day, included. */
                end_date?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date?: string;
                /** @description Only these, separated by commas; `all-tags` for all. */
                tags?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        spend_per_tag: {
                            log_count: number;
                            name: string;
                            spend: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_global_spend_teams: {
        parameters: {
            query?: {
                /** @description The last day, included. */
                end_date?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        daily_spend: {
                            date: string;
                        }[];
                        teams: string[];
                        total_spend_per_team: {
                            team_id: string;
                            total_spend: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_health: {
        parameters: {
            query?: {
                model?: string;
                model_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        healthy_count: number;
                        healthy_endpoints: {
                            model: string | null;
                            model_id: string;
                        }[];
                        unhealthy_count: number;
                        unhealthy_endpoints: {
                            model: string | null;
                            model_id: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_health_history: {
        parameters: {
            query?: {
                limit?: string;
                model?: string;
                offset?: string;
                status_filter?: "healthy" | "unhealthy";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        health_checks: {
                            checked_at: string | null;
                            health_check_id: string;
                            model_id: string;
                            model_name: string;
                            status: string;
                        }[];
                        limit: number;
                        offset: number;
                        total_records: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_health_latest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        latest_health_checks: {
                            [key: string]: {
                                checked_at: string | null;
                                health_check_id: string;
                                model_id: string;
                                model_name: string;
                                status: string;
                            };
                        };
                        total_models: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_health_liveliness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            400: components["responses"]["BadRequest"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_health_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        db?: string;
                        /** @enum {unknown} */
                        status: "healthy" | "unhealthy";
                        version?: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_health_services: {
        parameters: {
            query?: {
                service?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                        status: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_key_key_regenerate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "key": "sk-...",
                 *       "grace_period": "24h"
                 *     }
                 */
                "application/json": components["schemas"]["KeyRegenerateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_key_key_reset_spend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyKeyResetSpendBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        budget_reset_at: string | null;
                        key_hash: string;
                        max_budget: number | null;
                        previous_spend: number;
                        spend: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_key_aliases: {
        parameters: {
            query?: {
                /** @description The page, from 1 on. */
                page?: number;
                /** @description A part of the alias. */
                search?: string;
                /** @description Aliases of a page. */
                size?: number;
                /** @description Id of the team whose keys. */
                team_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aliases: string[];
                        current_page: number;
                        size: number;
                        total_count: number;
                        total_pages: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_key_block: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyBlockBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_key_bulk_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyBulkUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        failed_updates: {
                            failed_reason: string;
                            key: string;
                            key_info: null;
                        }[];
                        successful_updates: {
                            key: string;
                            key_info: components["schemas"]["Key"];
                        }[];
                        total_requested: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_key_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "key_aliases": [
                 *         "ci"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["KeyDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deleted_keys: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_key_generate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "key_alias": "ci",
                 *       "models": [
                 *         "gpt-4o"
                 *       ],
                 *       "max_budget": 20,
                 *       "budget_duration": "30d",
                 *       "rpm_limit": 60
                 *     }
                 */
                "application/json": components["schemas"]["KeyGenerateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_key_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        key: "healthy" | "unhealthy";
                        logging_callbacks: {
                            callbacks: string[];
                            details: string;
                            /** @enum {string} */
                            status: "healthy" | "unhealthy";
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_key_info: {
        parameters: {
            query?: {
                /** @description A key, or its hash. */
                key?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        info: components["schemas"]["KeyInfo"];
                        key: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_key_list: {
        parameters: {
            query?: {
                /** @description Keys name access groups in `models`: with an id none is found. */
                access_group_id?: string;
                /** @description `user`: each row with the user whose key it is; rows instead of hashes. */
                expand?: "user";
                /** @description Also the keys that the user made for others. */
                include_created_by_keys?: boolean;
                /** @description Also the keys of the teams that the user administers, or whose keys its team lets it list. */
                include_team_keys?: boolean;
                /** @description The alias of a key. */
                key_alias?: string;
                /** @description The hash of a key. */
                key_hash?: string;
                /** @description Id of the organization whose keys. */
                organization_id?: string;
                /** @description The page, from 1 on. */
                page?: number;
                /** @description Keys have no project here: with an id none is found. */
                project_id?: string;
                /** @description Rows instead of hashes. */
                return_full_object?: boolean;
                /** @description Keys of a page. */
                size?: number;
                /** @description A column of the rows. */
                sort_by?: "created_at" | "updated_at" | "expires" | "key_alias" | "key_name" | "token" | "user_id" | "team_id" | "organization_id" | "max_budget" | "rpm_limit" | "tpm_limit" | "spend";
                /** @description Default: desc, the newest first. */
                sort_order?: "asc" | "desc";
                /** @description `deleted`: those that are gone, as the audit log has them. */
                status?: "active" | "deleted";
                /** @description Id of the team whose keys. */
                team_id?: string;
                /** @description Id of the user whose keys. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        current_page: number;
                        keys: (string | {
                            aliases: {
                                [key: string]: string;
                            };
                            allowed_cache_controls: string[];
                            allowed_routes: string[];
                            blocked: boolean;
                            budget_duration: string | null;
                            budget_id: string | null;
                            budget_limits: components["schemas"]["BudgetPeriod"][];
                            budget_reset_at: string | null;
                            config: {
                                [key: string]: unknown;
                            };
                            created_at: string | null;
                            created_by: string;
                            deleted_at?: string | null;
                            deleted_by?: string;
                            expires: string | null;
                            key_alias: string | null;
                            key_name: string;
                            /** @enum {string} */
                            key_type: "default" | "llm_api" | "management" | "read_only";
                            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
                            max_budget: number | null;
                            max_parallel_requests: number | null;
                            metadata: {
                                [key: string]: unknown;
                            };
                            model_max_budget: {
                                [key: string]: components["schemas"]["BudgetPeriod"];
                            };
                            model_rpm_limit: {
                                [key: string]: number;
                            };
                            model_tpm_limit: {
                                [key: string]: number;
                            };
                            models: string[];
                            organization_id: string | null;
                            permissions: {
                                [key: string]: unknown;
                            };
                            rpm_limit: number | null;
                            soft_budget: number | null;
                            spend: number;
                            spend_reset_at: string | null;
                            /** @description What the spend before `spend_reset_at` counts as, in USD. */
                            spend_reset_to: number | null;
                            tags: string[];
                            team_id: string | null;
                            temp_budget_expiry: string | null;
                            temp_budget_increase: number | null;
                            token: string;
                            token_id: string;
                            tpm_limit: number | null;
                            updated_at: string | null;
                            updated_by: string;
                            user?: {
                                user_email: string | null;
                                user_id: string;
                            } | null;
                            user_id: string | null;
                        })[];
                        total_count: number;
                        total_pages: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_key_regenerate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "key": "sk-...",
                 *       "grace_period": "24h"
                 *     }
                 */
                "application/json": components["schemas"]["KeyRegenerateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_key_service_account_generate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyServiceAccountGenerateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_key_unblock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyUnblockBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_key_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "key": "sk-...",
                 *       "max_budget": 50,
                 *       "rpm_limit": null
                 *     }
                 */
                "application/json": components["schemas"]["KeyUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_model_group_info: {
        parameters: {
            query?: {
                model_group?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            model_group: string;
                            providers: string[];
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    patch_model_model_id_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchModelModelIdUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blocked: boolean;
                        litellm_params: {
                            [key: string]: unknown;
                        };
                        model_id: string;
                        model_info: {
                            [key: string]: unknown;
                        };
                        model_name: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_model_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_model_info: {
        parameters: {
            query?: {
                litellm_model_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            litellm_params: {
                                [key: string]: unknown;
                            };
                            model_info: {
                                db_model: boolean;
                                id: string;
                            };
                            model_name: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_model_new: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model_name": "gpt-4o",
                 *       "litellm_params": {
                 *         "model": "openai/gpt-4o",
                 *         "api_key": "sk-..."
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ModelNewBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blocked: boolean;
                        litellm_params: {
                            [key: string]: unknown;
                        };
                        model_id: string;
                        model_info: {
                            [key: string]: unknown;
                        };
                        model_name: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_model_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ModelUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blocked: boolean;
                        litellm_params: {
                            [key: string]: unknown;
                        };
                        model_id: string;
                        model_info: {
                            [key: string]: unknown;
                        };
                        model_name: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_openapi_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_organization_daily_activity: {
        parameters: {
            query: {
                /** @description Keys or their hashes, separated by commas. */
                api_key?: string;
                /** @description The last day, included. */
                end_date: string;
                /** @description A model group. */
                model?: string;
                /** @description Ids, separated by commas. */
                organization_ids?: string;
                /** @description From 1 on; the first has the newest days. */
                page?: string;
                /** @description Rows of daily sums that a page is made of, 50 without it: whole days, one at least. */
                page_size?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
                /** @description Minutes from local time to UTC: the days of UTC that the local ones touch are answered. */
                timezone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metadata: {
                            has_more: boolean;
                            page: number;
                            total_api_requests: number;
                            total_cache_creation_input_tokens: number;
                            total_cache_read_input_tokens: number;
                            total_completion_tokens: number;
                            total_failed_requests: number;
                            total_pages: number;
                            total_prompt_tokens: number;
                            total_spend: number;
                            total_successful_requests: number;
                            total_tokens: number;
                        };
                        results: components["schemas"]["DailyActivity"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_organization_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    delete_organization_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteOrganizationDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_organization_info: {
        parameters: {
            query?: {
                /** @description Id of the organization. */
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_organization_info: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationInfoBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_organization_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_organization_member_add: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationMemberAddBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organization_id: string;
                        updated_organization_memberships: components["schemas"]["OrganizationMembership"][];
                        updated_users: {
                            user_id: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    delete_organization_member_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteOrganizationMemberDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationMembership"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    patch_organization_member_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchOrganizationMemberUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationMembership"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_organization_new: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "organization_alias": "Research",
                 *       "max_budget": 5000,
                 *       "budget_duration": "30d"
                 *     }
                 */
                "application/json": components["schemas"]["OrganizationNewBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_organization_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    patch_organization_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchOrganizationUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_provider_budgets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        providers: {
                            [key: string]: {
                                budget_limit: number;
                                budget_reset_at: string | null;
                                spend: number;
                                time_period: string | null;
                            };
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_requests_id_trace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attempts: number;
                        cache: string | null;
                        /** @description Who picked the deployment, out of how many, and why others were left out. */
                        choice: {
                            considered: number;
                            skipped: {
                                id: string;
                                reason: string;
                            }[];
                            strategy: string;
                        } | null;
                        /** @description All of it in one line, as the ledger keeps it for calls that were not answered at the first attempt. */
                        decisions: string | null;
                        deployment: {
                            id: string;
                            model: string | null;
                            provider: string;
                        } | null;
                        dropped_params: string[];
                        error: string | null;
                        fallbacks: number | null;
                        guardrails: {
                            name: string;
                            on: string;
                            outcome: string;
                        }[];
                        id: string;
                        model: string;
                        model_group: string | null;
                        operation: string;
                        request_id: string;
                        retries: number | null;
                        /**
                         * @description `ledger`: another process answered, or it is too long ago; then only what the ledger keeps is told.
                         * @enum {string}
                         */
                        source: "memory" | "ledger";
                        /** @description The model that answered in place of the one that was asked for. */
                        stand_in: string | null;
                        started_at: number;
                        status: string;
                        /** @description What came before the answer, in order: attempts that failed, waits, fallbacks. */
                        steps: {
                            [key: string]: unknown;
                        }[];
                        stream: boolean;
                        /** @description Milliseconds since the call arrived. */
                        timings: {
                            end: number;
                            first_byte: number | null;
                            upstream_head: number | null;
                            upstream_started: number | null;
                        };
                        tokens: {
                            input: number;
                            output: number;
                        } | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_router_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        current_values: {
                            [key: string]: unknown;
                        };
                        fields: {
                            field_name: string;
                            field_type: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_spend_archives: {
        parameters: {
            query?: {
                end_date?: string;
                /** @description The page, from 1 on. */
                page?: number;
                /** @description Weeks of a page. */
                page_size?: number;
                start_date?: string;
                /** @description Those of a status. */
                status?: "exporting" | "exported" | "archived" | "failed" | "dropped";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        archives: components["schemas"]["SpendArchive"][];
                        page: number;
                        page_size: number;
                        /** @description Where old calls are moved to; null: nowhere. */
                        storage: {
                            location: string;
                            type: string;
                        } | null;
                        total: number;
                        total_pages: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_spend_archives_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Failures in a row. */
                        attempts: number;
                        created_at: string | null;
                        /** @description The first day (UTC). */
                        date_from: string;
                        /** @description The day before which it ends, as `end_date` of `/spend/logs`. */
                        date_to: string;
                        entry_count: number;
                        error: string | null;
                        /** @description When the calls left the database. */
                        exported_at: string | null;
                        /** @description From 1 on: calls that came after their week was archived make a further one. */
                        generation: number;
                        id: string;
                        /** @description Name of the manifest at the location, once the calls are exported. */
                        manifest: string | null;
                        next_attempt_at: string | null;
                        objects: {
                            bytes: number;
                            entry_count: number;
                            first_started_at: string;
                            last_started_at: string;
                            name: string;
                            sha256: string;
                            spend: number;
                        }[];
                        /** @description Objects that are written. */
                        parts: number;
                        /** @description USD. */
                        spend: number;
                        /**
                         * @description `archived`: the calls are in cold storage alone. `failed`: tried too often; the calls are in the database, and a replay tries again. `dropped`: a retention period took the calls away.
                         * @enum {string}
                         */
                        status: "exporting" | "exported" | "archived" | "failed" | "dropped";
                        storage_location: string | null;
                        storage_type: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_spend_archives_id_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Weeks that were archived. */
                        archived: number;
                        /** @description Weeks that could not be. */
                        failed: number;
                        /**
                         * @description `running`: it goes on; the list shows how far it is.
                         * @enum {string}
                         */
                        status: "done" | "running";
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_spend_archives_calls: {
        parameters: {
            query: {
                /** @description The day (UTC). */
                day: string;
                /** @description Calls of a page. */
                limit?: number;
                /** @description The `x-tianjillm-next` of the page before. */
                next?: string;
                /** @description Only the call of this id: ours, or the one that its caller chose. */
                request_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_spend_archives_run: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Weeks that were archived. */
                        archived: number;
                        /** @description Weeks that could not be. */
                        failed: number;
                        /**
                         * @description `running`: it goes on; the list shows how far it is.
                         * @enum {string}
                         */
                        status: "done" | "running";
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_spend_calculate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "model": "gpt-4o",
                 *       "messages": [
                 *         {
                 *           "role": "user",
                 *           "content": "Hello"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SpendCalculateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cost: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_spend_export_focus: {
        parameters: {
            query: {
                /** @description The last day, included. */
                end_date: string;
                /** @description Charges on a page, 100000 at most; the last day is never cut. */
                limit?: string;
                /** @description The `x-tianjillm-next` of the page before. */
                next?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_spend_keys: {
        parameters: {
            query?: {
                /** @description The last day, included. */
                end_date?: string;
                /** @description How many, 1000 at most. */
                limit?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key_alias: string | null;
                        key_exists: boolean;
                        spend: number;
                        team_id: string | null;
                        token: string;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_spend_logs: {
        parameters: {
            query?: {
                /** @description A key, or its hash. */
                api_key?: string;
                /** @description The day or moment before which it ends. */
                end_date?: string;
                /** @description Id of a customer. */
                end_user?: string;
                /** @description A code of an error. */
                error_code?: string;
                /** @description Rows of a page, 1000 at most. With it the answer is `{data, next}`. */
                limit?: string;
                /** @description Calls that cost this or less, in USD. */
                max_spend?: string;
                /** @description Calls that cost this or more, in USD. */
                min_spend?: string;
                /** @description A model group. */
                model?: string;
                /** @description Id of a deployment. */
                model_id?: string;
                /** @description The `next` of the page before. */
                next?: string;
                /** @description Id of an organization. */
                organization_id?: string;
                /** @description The id of a call: ours, or the one that its caller chose. */
                request_id?: string;
                /** @description The first day, such as 2025-01-31 (UTC), or a moment. */
                start_date?: string;
                /** @description `success`, `failure`, `cancelled` or `blocked`. */
                status_filter?: string;
                /** @description `false` gives rows where both dates are sent; otherwise one sum a day. */
                summarize?: string;
                /** @description Id of a team. */
                team_id?: string;
                /** @description Id of an internal user. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpendLog"][] | components["schemas"]["SpendDay"][] | {
                        /** @description Ranges that the question reaches into and whose calls are not in the ledger any more. Absent: there are none. */
                        archived?: components["schemas"]["ArchivedRange"][];
                        data: components["schemas"]["SpendLog"][];
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_spend_logs_ui: {
        parameters: {
            query: {
                /** @description A key, or its hash. */
                api_key?: string;
                /** @description The day or moment before which it ends. */
                end_date: string;
                /** @description Id of a customer. */
                end_user?: string;
                /** @description A code of an error. */
                error_code?: string;
                /** @description Alias of a key. */
                key_alias?: string;
                /** @description Calls that cost this or less, in USD. */
                max_spend?: string;
                /** @description Calls that cost this or more, in USD. */
                min_spend?: string;
                /** @description A model group. */
                model?: string;
                /** @description Id of a deployment. */
                model_id?: string;
                /** @description Id of an organization. */
                organization_id?: string;
                /** @description From 1 on. */
                page?: string;
                /** @description 100 at most. */
                page_size?: string;
                /** @description The id of a call: ours, or the one that its caller chose. */
                request_id?: string;
                /** @description The first day or moment, such as 2025-01-31 12:00:00 (UTC). */
                start_date: string;
                /** @description `success`, `failure`, `cancelled` or `blocked`. */
                status_filter?: string;
                /** @description Id of a team. */
                team_id?: string;
                /** @description Id of an internal user. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Ranges that the question reaches into and whose calls are not in the ledger any more. Absent: there are none. */
                        archived?: components["schemas"]["ArchivedRange"][];
                        data: components["schemas"]["SpendLog"][];
                        page: number;
                        page_size: number;
                        total: number;
                        total_pages: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_spend_logs_ui_request_id: {
        parameters: {
            query?: {
                /** @description A day or moment that it came before. */
                end_date?: string;
                /** @description A day or moment that it came after; with it the call is found sooner. */
                start_date?: string;
            };
            header?: never;
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_base: string;
                        /** @description Hash of the key; empty for the master key. */
                        api_key: string;
                        cache_hit: string;
                        cache_key: string;
                        call_type: string;
                        completion_tokens: number;
                        completionStartTime: string | null;
                        custom_llm_provider: string;
                        end_user: string;
                        endTime: string | null;
                        messages: Record<string, never>;
                        metadata: {
                            [key: string]: unknown;
                        };
                        model: string;
                        model_group: string;
                        model_id: string;
                        organization_id: string | null;
                        prompt_tokens: number;
                        proxy_server_request: Record<string, never>;
                        request_duration_ms: number;
                        request_id: string;
                        request_tags: string[];
                        response: Record<string, never>;
                        /** @description USD; 0 also where no price is known, which `metadata.price_unknown` tells. */
                        spend: number;
                        startTime: string | null;
                        status: string;
                        team_id: string | null;
                        total_tokens: number;
                        user: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_spend_logs_v2: {
        parameters: {
            query: {
                /** @description A key, or its hash. */
                api_key?: string;
                /** @description The day or moment before which it ends. */
                end_date: string;
                /** @description Id of a customer. */
                end_user?: string;
                /** @description A code of an error. */
                error_code?: string;
                /** @description Alias of a key. */
                key_alias?: string;
                /** @description Calls that cost this or less, in USD. */
                max_spend?: string;
                /** @description Calls that cost this or more, in USD. */
                min_spend?: string;
                /** @description A model group. */
                model?: string;
                /** @description Id of a deployment. */
                model_id?: string;
                /** @description Id of an organization. */
                organization_id?: string;
                /** @description From 1 on. */
                page?: string;
                /** @description 100 at most. */
                page_size?: string;
                /** @description The id of a call: ours, or the one that its caller chose. */
                request_id?: string;
                /** @description The first day or moment, such as 2025-01-31 12:00:00 (UTC). */
                start_date: string;
                /** @description `success`, `failure`, `cancelled` or `blocked`. */
                status_filter?: string;
                /** @description Id of a team. */
                team_id?: string;
                /** @description Id of an internal user. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Ranges that the question reaches into and whose calls are not in the ledger any more. Absent: there are none. */
                        archived?: components["schemas"]["ArchivedRange"][];
                        data: components["schemas"]["SpendLog"][];
                        page: number;
                        page_size: number;
                        total: number;
                        total_pages: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_spend_tags: {
        parameters: {
            query?: {
                /** @description The last day, included. */
                end_date?: string;
                /** @description How many, 1000 at most. */
                limit?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        individual_request_tag: string;
                        log_count: number;
                        total_spend: number;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_spend_users: {
        parameters: {
            query?: {
                /** @description The last day, included. */
                end_date?: string;
                /** @description How many, 1000 at most. */
                limit?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date?: string;
                /** @description One user. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        spend: number;
                        user_email: string | null;
                        user_id: string;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_tag_daily_activity: {
        parameters: {
            query: {
                /** @description Keys or their hashes, separated by commas. */
                api_key?: string;
                /** @description The last day, included. */
                end_date: string;
                /** @description A model group. */
                model?: string;
                /** @description From 1 on; the first has the newest days. */
                page?: string;
                /** @description Rows of daily sums that a page is made of, 50 without it: whole days, one at least. */
                page_size?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
                /** @description Ids, separated by commas. */
                tags?: string;
                /** @description Minutes from local time to UTC: the days of UTC that the local ones touch are answered. */
                timezone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metadata: {
                            has_more: boolean;
                            page: number;
                            total_api_requests: number;
                            total_cache_creation_input_tokens: number;
                            total_cache_read_input_tokens: number;
                            total_completion_tokens: number;
                            total_failed_requests: number;
                            total_pages: number;
                            total_prompt_tokens: number;
                            total_spend: number;
                            total_successful_requests: number;
                            total_tokens: number;
                        };
                        results: components["schemas"]["DailyActivity"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_tag_dau: {
        parameters: {
            query?: {
                /** @description One tag. */
                tag_filter?: string;
                /** @description Several tags, separated by commas. */
                tag_filters?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            active_users: number;
                            date: string;
                            period_end: string | null;
                            period_start: string | null;
                            tag: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_tag_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_tag_distinct: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            tag: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_tag_info: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagInfoBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: components["schemas"]["Tag"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_tag_list: {
        parameters: {
            query?: {
                /** @description The last day, included. */
                end_date?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["Tag"] | components["schemas"]["DynamicTag"])[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_tag_mau: {
        parameters: {
            query?: {
                /** @description One tag. */
                tag_filter?: string;
                /** @description Several tags, separated by commas. */
                tag_filters?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            active_users: number;
                            date: string;
                            period_end: string | null;
                            period_start: string | null;
                            tag: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_tag_new: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "batch",
                 *       "max_budget": 100,
                 *       "budget_duration": "30d"
                 *     }
                 */
                "application/json": components["schemas"]["TagNewBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                        tag: components["schemas"]["Tag"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_tag_summary: {
        parameters: {
            query: {
                /** @description The last day, included. */
                end_date: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
                /** @description One tag. */
                tag_filter?: string;
                /** @description Several tags, separated by commas. */
                tag_filters?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            failed_requests: number;
                            successful_requests: number;
                            tag: string;
                            total_requests: number;
                            total_spend: number;
                            total_tokens: number;
                            unique_users: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_tag_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                        tag: components["schemas"]["Tag"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_tag_user_agent_per_user_analytics: {
        parameters: {
            query?: {
                /** @description The page, from 1 on. */
                page?: number;
                /** @description Rows of a page. */
                page_size?: number;
                /** @description One tag. */
                tag_filter?: string;
                /** @description Several tags, separated by commas. */
                tag_filters?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        page: number;
                        page_size: number;
                        results: {
                            failed_requests: number;
                            spend: number;
                            successful_requests: number;
                            total_requests: number;
                            total_tokens: number;
                            user_agent: string | null;
                            user_email: string | null;
                            user_id: string;
                        }[];
                        total_count: number;
                        total_pages: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_tag_wau: {
        parameters: {
            query?: {
                /** @description One tag. */
                tag_filter?: string;
                /** @description Several tags, separated by commas. */
                tag_filters?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            active_users: number;
                            date: string;
                            period_end: string | null;
                            period_start: string | null;
                            tag: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_team_available: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_block: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamBlockBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_bulk_member_add: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamBulkMemberAddBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        failed_additions: number;
                        results: {
                            error: string | null;
                            success: boolean;
                            updated_team_membership: components["schemas"]["TeamMembership"] | null;
                            user_email: string | null;
                            user_id: string | null;
                        }[];
                        successful_additions: number;
                        team_id: string;
                        total_requested: number;
                        updated_team: components["schemas"]["Team"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_team_daily_activity: {
        parameters: {
            query: {
                /** @description Keys or their hashes, separated by commas. */
                api_key?: string;
                /** @description The last day, included. */
                end_date: string;
                /** @description A model group. */
                model?: string;
                /** @description From 1 on; the first has the newest days. */
                page?: string;
                /** @description Rows of daily sums that a page is made of, 50 without it: whole days, one at least. */
                page_size?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
                /** @description Ids, separated by commas. */
                team_ids?: string;
                /** @description Minutes from local time to UTC: the days of UTC that the local ones touch are answered. */
                timezone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metadata: {
                            has_more: boolean;
                            page: number;
                            total_api_requests: number;
                            total_cache_creation_input_tokens: number;
                            total_cache_read_input_tokens: number;
                            total_completion_tokens: number;
                            total_failed_requests: number;
                            total_pages: number;
                            total_prompt_tokens: number;
                            total_spend: number;
                            total_successful_requests: number;
                            total_tokens: number;
                        };
                        results: components["schemas"]["DailyActivity"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_team_info: {
        parameters: {
            query?: {
                /** @description Id of the team; absent: the caller's. */
                team_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: components["schemas"]["Key"][];
                        team_id: string;
                        team_info: components["schemas"]["Team"];
                        team_memberships: components["schemas"]["TeamMembership"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_key_bulk_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamKeyBulkUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        failed_updates: {
                            failed_reason: string;
                            key: string;
                            key_info: null;
                        }[];
                        successful_updates: {
                            key: string;
                            key_info: components["schemas"]["Key"];
                        }[];
                        total_requested: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_team_list: {
        parameters: {
            query?: {
                /** @description Id of the organization whose teams. */
                organization_id?: string;
                /** @description Id of the user who is in them. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        admins: string[];
                        blocked: boolean;
                        budget_duration: string | null;
                        budget_id: string | null;
                        budget_limits: components["schemas"]["BudgetPeriod"][];
                        budget_reset_at: string | null;
                        created_at: string | null;
                        litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
                        max_budget: number | null;
                        max_parallel_requests: number | null;
                        members: string[];
                        members_with_roles: {
                            max_budget_in_team: number | null;
                            /** @enum {string} */
                            role: "admin" | "user";
                            user_id: string;
                        }[];
                        metadata: {
                            [key: string]: unknown;
                        };
                        model_aliases: {
                            [key: string]: string;
                        };
                        model_max_budget: {
                            [key: string]: components["schemas"]["BudgetPeriod"];
                        };
                        model_rpm_limit: {
                            [key: string]: number;
                        };
                        model_tpm_limit: {
                            [key: string]: number;
                        };
                        models: string[];
                        organization_id: string | null;
                        rpm_limit: number | null;
                        soft_budget: number | null;
                        spend: number;
                        tags: string[];
                        team_alias: string | null;
                        team_id: string;
                        team_member_budget: number | null;
                        team_member_budget_duration: string | null;
                        team_member_budget_table: components["schemas"]["MemberLimits"];
                        team_member_permissions: string[];
                        team_member_rpm_limit: number | null;
                        team_member_tpm_limit: number | null;
                        team_memberships: components["schemas"]["TeamMembership"][];
                        temp_budget_expiry: string | null;
                        temp_budget_increase: number | null;
                        tpm_limit: number | null;
                        updated_at: string | null;
                    }[];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_member_add: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamMemberAddBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        admins: string[];
                        blocked: boolean;
                        budget_duration: string | null;
                        budget_id: string | null;
                        budget_limits: components["schemas"]["BudgetPeriod"][];
                        budget_reset_at: string | null;
                        created_at: string | null;
                        litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
                        max_budget: number | null;
                        max_parallel_requests: number | null;
                        members: string[];
                        members_with_roles: {
                            max_budget_in_team: number | null;
                            /** @enum {string} */
                            role: "admin" | "user";
                            user_id: string;
                        }[];
                        metadata: {
                            [key: string]: unknown;
                        };
                        model_aliases: {
                            [key: string]: string;
                        };
                        model_max_budget: {
                            [key: string]: components["schemas"]["BudgetPeriod"];
                        };
                        model_rpm_limit: {
                            [key: string]: number;
                        };
                        model_tpm_limit: {
                            [key: string]: number;
                        };
                        models: string[];
                        organization_id: string | null;
                        rpm_limit: number | null;
                        soft_budget: number | null;
                        spend: number;
                        tags: string[];
                        team_alias: string | null;
                        team_id: string;
                        team_member_budget: number | null;
                        team_member_budget_duration: string | null;
                        team_member_budget_table: components["schemas"]["MemberLimits"];
                        team_member_permissions: string[];
                        team_member_rpm_limit: number | null;
                        team_member_tpm_limit: number | null;
                        temp_budget_expiry: string | null;
                        temp_budget_increase: number | null;
                        tpm_limit: number | null;
                        updated_at: string | null;
                        updated_team_memberships: components["schemas"]["TeamMembership"][];
                        updated_users: {
                            user_id: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_member_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamMemberDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_member_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamMemberUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        budget_duration: string | null;
                        budget_id: string | null;
                        max_budget_in_team: number | null;
                        /** @enum {string} */
                        role: "admin" | "user";
                        rpm_limit: number | null;
                        team_id: string;
                        tpm_limit: number | null;
                        user_email: string | null;
                        user_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_model_add: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamModelAddBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_model_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamModelDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_model_remove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamModelDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_new: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "team_alias": "search",
                 *       "models": [
                 *         "gpt-4o"
                 *       ],
                 *       "max_budget": 500,
                 *       "budget_duration": "30d"
                 *     }
                 */
                "application/json": components["schemas"]["TeamNewBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_team_permissions_list: {
        parameters: {
            query: {
                team_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        all_available_permissions: string[];
                        team_id: string;
                        team_member_permissions: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_permissions_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "team_id": "search",
                 *       "team_member_permissions": [
                 *         "/key/generate",
                 *         "/key/info"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["TeamPermissionsUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_unblock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamUnblockBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_team_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "team_id": "search",
                 *       "tpm_limit": 100000
                 *     }
                 */
                "application/json": components["schemas"]["TeamUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Team"];
                        team_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_user_bulk_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserBulkUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        failed_updates: number;
                        results: {
                            error: string | null;
                            success: boolean;
                            updated_user: components["schemas"]["User"] | null;
                            user_email: string | null;
                            user_id: string | null;
                        }[];
                        successful_updates: number;
                        total_requested: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_user_daily_activity: {
        parameters: {
            query: {
                /** @description Keys or their hashes, separated by commas. */
                api_key?: string;
                /** @description The last day, included. */
                end_date: string;
                /** @description A model group. */
                model?: string;
                /** @description From 1 on; the first has the newest days. */
                page?: string;
                /** @description Rows of daily sums that a page is made of, 50 without it: whole days, one at least. */
                page_size?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
                /** @description Minutes from local time to UTC: the days of UTC that the local ones touch are answered. */
                timezone?: string;
                /** @description Ids, separated by commas. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metadata: {
                            has_more: boolean;
                            page: number;
                            total_api_requests: number;
                            total_cache_creation_input_tokens: number;
                            total_cache_read_input_tokens: number;
                            total_completion_tokens: number;
                            total_failed_requests: number;
                            total_pages: number;
                            total_prompt_tokens: number;
                            total_spend: number;
                            total_successful_requests: number;
                            total_tokens: number;
                        };
                        results: components["schemas"]["DailyActivity"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_user_daily_activity_aggregated: {
        parameters: {
            query: {
                /** @description Keys or their hashes, separated by commas. */
                api_key?: string;
                /** @description The last day, included. */
                end_date: string;
                /** @description A model group. */
                model?: string;
                /** @description The first day, such as 2025-01-31 (UTC). */
                start_date: string;
                /** @description Minutes from local time to UTC: the days of UTC that the local ones touch are answered. */
                timezone?: string;
                /** @description Ids, separated by commas. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metadata: {
                            has_more: boolean;
                            page: number;
                            total_api_requests: number;
                            total_cache_creation_input_tokens: number;
                            total_cache_read_input_tokens: number;
                            total_completion_tokens: number;
                            total_failed_requests: number;
                            total_pages: number;
                            total_prompt_tokens: number;
                            total_spend: number;
                            total_successful_requests: number;
                            total_tokens: number;
                        };
                        results: components["schemas"]["DailyActivity"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_user_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserDeleteBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deleted_users: number;
                        message: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_user_get_users: {
        parameters: {
            query?: {
                /** @description The page, from 1 on. */
                page?: number;
                /** @description Users of a page. */
                page_size?: number;
                /** @description Users of this role. */
                role?: "proxy_admin" | "proxy_admin_viewer" | "internal_user" | "internal_user_viewer";
                /** @description Id of the team that they are in. */
                team?: string;
                /** @description The user of this address. */
                user_email?: string;
                /** @description Ids, between commas. */
                user_ids?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        page: number;
                        page_size: number;
                        total: number;
                        total_pages: number;
                        users: {
                            blocked: boolean;
                            budget_duration: string | null;
                            budget_id: string | null;
                            budget_limits: components["schemas"]["BudgetPeriod"][];
                            budget_reset_at: string | null;
                            created_at: string | null;
                            created_by: string;
                            key_count: number;
                            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
                            max_budget: number | null;
                            max_parallel_requests: number | null;
                            metadata: {
                                [key: string]: unknown;
                            };
                            model_max_budget: {
                                [key: string]: components["schemas"]["BudgetPeriod"];
                            };
                            model_rpm_limit: {
                                [key: string]: number;
                            };
                            model_tpm_limit: {
                                [key: string]: number;
                            };
                            models: string[];
                            rpm_limit: number | null;
                            soft_budget: number | null;
                            spend: number;
                            teams: string[];
                            temp_budget_expiry: string | null;
                            temp_budget_increase: number | null;
                            tpm_limit: number | null;
                            updated_at: string | null;
                            updated_by: string;
                            user_alias: string | null;
                            user_email: string | null;
                            user_id: string;
                            /** @enum {string} */
                            user_role: "proxy_admin" | "proxy_admin_viewer" | "internal_user" | "internal_user_viewer";
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_user_info: {
        parameters: {
            query?: {
                /** @description Id of the user. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: components["schemas"]["Key"][];
                        teams: string[];
                        user_id: string;
                        user_info: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_user_list: {
        parameters: {
            query?: {
                /** @description The page, from 1 on. */
                page?: number;
                /** @description Users of a page. */
                page_size?: number;
                /** @description Users of this role. */
                role?: "proxy_admin" | "proxy_admin_viewer" | "internal_user" | "internal_user_viewer";
                /** @description Id of the team that they are in. */
                team?: string;
                /** @description The user of this address. */
                user_email?: string;
                /** @description Ids, between commas. */
                user_ids?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        page: number;
                        page_size: number;
                        total: number;
                        total_pages: number;
                        users: {
                            blocked: boolean;
                            budget_duration: string | null;
                            budget_id: string | null;
                            budget_limits: components["schemas"]["BudgetPeriod"][];
                            budget_reset_at: string | null;
                            created_at: string | null;
                            created_by: string;
                            key_count: number;
                            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
                            max_budget: number | null;
                            max_parallel_requests: number | null;
                            metadata: {
                                [key: string]: unknown;
                            };
                            model_max_budget: {
                                [key: string]: components["schemas"]["BudgetPeriod"];
                            };
                            model_rpm_limit: {
                                [key: string]: number;
                            };
                            model_tpm_limit: {
                                [key: string]: number;
                            };
                            models: string[];
                            rpm_limit: number | null;
                            soft_budget: number | null;
                            spend: number;
                            teams: string[];
                            temp_budget_expiry: string | null;
                            temp_budget_increase: number | null;
                            tpm_limit: number | null;
                            updated_at: string | null;
                            updated_by: string;
                            user_alias: string | null;
                            user_email: string | null;
                            user_id: string;
                            /** @enum {string} */
                            user_role: "proxy_admin" | "proxy_admin_viewer" | "internal_user" | "internal_user_viewer";
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_user_new: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "user_email": "ada@example.com",
                 *       "user_role": "internal_user",
                 *       "max_budget": 10
                 *     }
                 */
                "application/json": components["schemas"]["UserNewBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        aliases?: {
                            [key: string]: string;
                        };
                        allowed_cache_controls?: string[];
                        allowed_routes?: string[];
                        blocked: boolean;
                        budget_duration: string | null;
                        budget_id: string | null;
                        budget_limits: components["schemas"]["BudgetPeriod"][];
                        budget_reset_at: string | null;
                        config?: {
                            [key: string]: unknown;
                        };
                        created_at: string | null;
                        created_by: string;
                        expires?: string | null;
                        /** @description The new key, shown this once; null without `auto_create_key`. */
                        key: string | null;
                        key_alias?: string | null;
                        key_name?: string;
                        /** @enum {string} */
                        key_type?: "default" | "llm_api" | "management" | "read_only";
                        litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
                        max_budget: number | null;
                        max_parallel_requests: number | null;
                        metadata: {
                            [key: string]: unknown;
                        };
                        model_max_budget: {
                            [key: string]: components["schemas"]["BudgetPeriod"];
                        };
                        model_rpm_limit: {
                            [key: string]: number;
                        };
                        model_tpm_limit: {
                            [key: string]: number;
                        };
                        models: string[];
                        organization_id?: string | null;
                        permissions?: {
                            [key: string]: unknown;
                        };
                        rpm_limit: number | null;
                        soft_budget: number | null;
                        spend: number;
                        spend_reset_at?: string | null;
                        /** @description What the spend before `spend_reset_at` counts as, in USD. */
                        spend_reset_to?: number | null;
                        tags?: string[];
                        team_id?: string | null;
                        teams: string[];
                        temp_budget_expiry: string | null;
                        temp_budget_increase: number | null;
                        token?: string;
                        token_id?: string;
                        tpm_limit: number | null;
                        updated_at: string | null;
                        updated_by: string;
                        user_alias: string | null;
                        user_email: string | null;
                        user_id: string;
                        /** @enum {string} */
                        user_role: "proxy_admin" | "proxy_admin_viewer" | "internal_user" | "internal_user_viewer";
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_user_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "user_id": "ada",
                 *       "max_budget": null
                 *     }
                 */
                "application/json": components["schemas"]["UserUpdateBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_v1_chat_completions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    messages: ({
                        role: string;
                    } & {
                        [key: string]: unknown;
                    })[];
                    /** @description A name of GET /v1/models. */
                    model: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_v1_completions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A name of GET /v1/models. */
                    model: string;
                    prompt: string | unknown[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_v1_embeddings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    input: string | unknown[];
                    /** @description A name of GET /v1/models. */
                    model: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_v1_model_info: {
        parameters: {
            query?: {
                litellm_model_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            litellm_params: {
                                [key: string]: unknown;
                            };
                            model_info: {
                                db_model: boolean;
                                id: string;
                            };
                            model_name: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_v1_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Model"][];
                        /** @constant */
                        object: "list";
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_v1_models_model: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_v1_responses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    input?: string | unknown[];
                    /** @description A name of GET /v1/models. */
                    model: string;
                    /** @description An id that this gateway handed out. */
                    previous_response_id?: string | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_v1_responses_response_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                response_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    delete_v1_responses_response_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                response_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deleted: boolean;
                        id: string;
                        object?: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_v1_responses_response_id_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                response_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_v1_responses_response_id_input_items: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                response_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: unknown[];
                        /** @constant */
                        object?: "list";
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    post_v2_key_info: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["V2KeyInfoBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        info: components["schemas"]["Key"][];
                        key: string[] | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_v2_model_info: {
        parameters: {
            query?: {
                model?: string;
                modelId?: string;
                page?: string;
                search?: string;
                size?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        current_page: number;
                        data: {
                            litellm_params: {
                                [key: string]: unknown;
                            };
                            model_info: {
                                db_model: boolean;
                                id: string;
                            };
                            model_name: string;
                        }[];
                        size: number;
                        total_count: number;
                        total_pages: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_v2_team_list: {
        parameters: {
            query?: {
                /** @description Id of the organization whose teams. */
                organization_id?: string;
                /** @description The page, from 1 on. */
                page?: number;
                /** @description Teams of a page. */
                page_size?: number;
                /** @description The alias of the team. */
                team_alias?: string;
                /** @description Id of the team. */
                team_id?: string;
                /** @description Id of the user who is in them. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        page: number;
                        page_size: number;
                        teams: {
                            admins: string[];
                            blocked: boolean;
                            budget_duration: string | null;
                            budget_id: string | null;
                            budget_limits: components["schemas"]["BudgetPeriod"][];
                            budget_reset_at: string | null;
                            created_at: string | null;
                            litellm_budget_table: (components["schemas"]["BudgetTable"] | components["schemas"]["Limits"]) | null;
                            max_budget: number | null;
                            max_parallel_requests: number | null;
                            members: string[];
                            members_with_roles: {
                                max_budget_in_team: number | null;
                                /** @enum {string} */
                                role: "admin" | "user";
                                user_id: string;
                            }[];
                            metadata: {
                                [key: string]: unknown;
                            };
                            model_aliases: {
                                [key: string]: string;
                            };
                            model_max_budget: {
                                [key: string]: components["schemas"]["BudgetPeriod"];
                            };
                            model_rpm_limit: {
                                [key: string]: number;
                            };
                            model_tpm_limit: {
                                [key: string]: number;
                            };
                            models: string[];
                            organization_id: string | null;
                            rpm_limit: number | null;
                            soft_budget: number | null;
                            spend: number;
                            tags: string[];
                            team_alias: string | null;
                            team_id: string;
                            team_member_budget: number | null;
                            team_member_budget_duration: string | null;
                            team_member_budget_table: components["schemas"]["MemberLimits"];
                            team_member_permissions: string[];
                            team_member_rpm_limit: number | null;
                            team_member_tpm_limit: number | null;
                            team_memberships: components["schemas"]["TeamMembership"][];
                            temp_budget_expiry: string | null;
                            temp_budget_increase: number | null;
                            tpm_limit: number | null;
                            updated_at: string | null;
                        }[];
                        total: number;
                        total_pages: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
    get_v2_user_info: {
        parameters: {
            query?: {
                /** @description Id of the user. */
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Failure"];
        };
    };
}
