// Made from the gateway's /openapi.json by `pnpm client:types`; changes here are lost.

export interface paths {
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
         * One end user.
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
         * One end user.
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
    "/global/spend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was spent in all.
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
    "/spend/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows of the ledger, newest first, or one sum a day.
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
         * All tags that have a record.
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
         * Puts users into a team.
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
            user_id: string;
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
        Key: {
            aliases: {
                [key: string]: string;
            };
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
            user_id?: string | null;
        };
        KeyUnblockBody: {
            key: string;
        };
        KeyUpdateBody: {
            aliases?: {
                [key: string]: string;
            } | null;
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
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
                        /** @description USD. */
                        budget_limit?: number;
                        /** @description USD. */
                        max_budget?: number;
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
                /** Format: date-time */
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            team_member_rpm_limit?: number | null;
            team_member_tpm_limit?: number | null;
            /** Format: date-time */
            temp_budget_expiry?: string | null;
            /** @description USD. */
            temp_budget_increase?: number | null;
            tpm_limit?: number | null;
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            team_member_rpm_limit?: number | null;
            team_member_tpm_limit?: number | null;
            /** Format: date-time */
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
                        /** @description USD. */
                        budget_limit?: number;
                        /** @description USD. */
                        max_budget?: number;
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
                /** Format: date-time */
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
                        /** @description USD. */
                        budget_limit?: number;
                        /** @description USD. */
                        max_budget?: number;
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
                /** Format: date-time */
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
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
                    /** @description USD. */
                    budget_limit?: number;
                    /** @description USD. */
                    max_budget?: number;
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
            /** Format: date-time */
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
export type Budget = components['schemas']['Budget'];
export type BudgetDeleteBody = components['schemas']['BudgetDeleteBody'];
export type BudgetInfoBody = components['schemas']['BudgetInfoBody'];
export type BudgetNewBody = components['schemas']['BudgetNewBody'];
export type BudgetPeriod = components['schemas']['BudgetPeriod'];
export type BudgetTable = components['schemas']['BudgetTable'];
export type BudgetUpdateBody = components['schemas']['BudgetUpdateBody'];
export type Customer = components['schemas']['Customer'];
export type CustomerBlockBody = components['schemas']['CustomerBlockBody'];
export type CustomerDeleteBody = components['schemas']['CustomerDeleteBody'];
export type CustomerNewBody = components['schemas']['CustomerNewBody'];
export type CustomerUnblockBody = components['schemas']['CustomerUnblockBody'];
export type CustomerUpdateBody = components['schemas']['CustomerUpdateBody'];
export type DeleteOrganizationDeleteBody = components['schemas']['DeleteOrganizationDeleteBody'];
export type DeleteOrganizationMemberDeleteBody = components['schemas']['DeleteOrganizationMemberDeleteBody'];
export type Error = components['schemas']['Error'];
export type Key = components['schemas']['Key'];
export type KeyBlockBody = components['schemas']['KeyBlockBody'];
export type KeyBulkUpdateBody = components['schemas']['KeyBulkUpdateBody'];
export type KeyDeleteBody = components['schemas']['KeyDeleteBody'];
export type KeyGenerateBody = components['schemas']['KeyGenerateBody'];
export type KeyInfo = components['schemas']['KeyInfo'];
export type KeyKeyResetSpendBody = components['schemas']['KeyKeyResetSpendBody'];
export type KeyRegenerateBody = components['schemas']['KeyRegenerateBody'];
export type KeyServiceAccountGenerateBody = components['schemas']['KeyServiceAccountGenerateBody'];
export type KeyUnblockBody = components['schemas']['KeyUnblockBody'];
export type KeyUpdateBody = components['schemas']['KeyUpdateBody'];
export type KeyWithSecret = components['schemas']['KeyWithSecret'];
export type Limits = components['schemas']['Limits'];
export type LimitState = components['schemas']['LimitState'];
export type MemberLimits = components['schemas']['MemberLimits'];
export type Model = components['schemas']['Model'];
export type Organization = components['schemas']['Organization'];
export type OrganizationDeleteBody = components['schemas']['OrganizationDeleteBody'];
export type OrganizationInfoBody = components['schemas']['OrganizationInfoBody'];
export type OrganizationMemberAddBody = components['schemas']['OrganizationMemberAddBody'];
export type OrganizationMembership = components['schemas']['OrganizationMembership'];
export type OrganizationNewBody = components['schemas']['OrganizationNewBody'];
export type OrganizationUpdateBody = components['schemas']['OrganizationUpdateBody'];
export type PatchOrganizationMemberUpdateBody = components['schemas']['PatchOrganizationMemberUpdateBody'];
export type PatchOrganizationUpdateBody = components['schemas']['PatchOrganizationUpdateBody'];
export type SpendCalculateBody = components['schemas']['SpendCalculateBody'];
export type SpendDay = components['schemas']['SpendDay'];
export type SpendLog = components['schemas']['SpendLog'];
export type Tag = components['schemas']['Tag'];
export type TagDeleteBody = components['schemas']['TagDeleteBody'];
export type TagInfoBody = components['schemas']['TagInfoBody'];
export type TagNewBody = components['schemas']['TagNewBody'];
export type TagUpdateBody = components['schemas']['TagUpdateBody'];
export type Team = components['schemas']['Team'];
export type TeamBlockBody = components['schemas']['TeamBlockBody'];
export type TeamBulkMemberAddBody = components['schemas']['TeamBulkMemberAddBody'];
export type TeamDeleteBody = components['schemas']['TeamDeleteBody'];
export type TeamKeyBulkUpdateBody = components['schemas']['TeamKeyBulkUpdateBody'];
export type TeamMemberAddBody = components['schemas']['TeamMemberAddBody'];
export type TeamMemberDeleteBody = components['schemas']['TeamMemberDeleteBody'];
export type TeamMembership = components['schemas']['TeamMembership'];
export type TeamMemberUpdateBody = components['schemas']['TeamMemberUpdateBody'];
export type TeamModelAddBody = components['schemas']['TeamModelAddBody'];
export type TeamModelDeleteBody = components['schemas']['TeamModelDeleteBody'];
export type TeamNewBody = components['schemas']['TeamNewBody'];
export type TeamUnblockBody = components['schemas']['TeamUnblockBody'];
export type TeamUpdateBody = components['schemas']['TeamUpdateBody'];
export type User = components['schemas']['User'];
export type UserBulkUpdateBody = components['schemas']['UserBulkUpdateBody'];
export type UserDeleteBody = components['schemas']['UserDeleteBody'];
export type UserNewBody = components['schemas']['UserNewBody'];
export type UserUpdateBody = components['schemas']['UserUpdateBody'];
export type V2KeyInfoBody = components['schemas']['V2KeyInfoBody'];
export type ValidationError = components['schemas']['ValidationError'];
export type ResponseBadRequest = components['responses']['BadRequest'];
export type ResponseConflict = components['responses']['Conflict'];
export type ResponseFailure = components['responses']['Failure'];
export type ResponseForbidden = components['responses']['Forbidden'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseTooManyRequests = components['responses']['TooManyRequests'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ResponseUnavailable = components['responses']['Unavailable'];
export type ResponseUnprocessable = components['responses']['Unprocessable'];
export type $defs = Record<string, never>;
export interface operations {
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
                scope?: "key" | "team" | "user" | "member" | "organization" | "end_user" | "tag" | "provider" | "proxy";
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
                /** @description Also the keys of the teams that the user administers. */
                include_team_keys?: boolean;
                /** @description The alias of a key. */
                key_alias?: string;
                /** @description The hash of a key. */
                key_hash?: string;
                /** @description Id of the organization whose keys. */
                organization_id?: string;
                /** @description The page, from 1 on. */
                page?: number;
                /** @description Rows instead of hashes. */
                return_full_object?: boolean;
                /** @description Keys of a page. */
                size?: number;
                /** @description Keys are sorted by the time when they were made. */
                sort_by?: "created_at";
                /** @description Default: desc, the newest first. */
                sort_order?: "asc" | "desc";
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
                        keys: (string | components["schemas"]["Key"])[];
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
    get_spend_logs: {
        parameters: {
            query?: {
                /** @description A key, or its hash. */
                api_key?: string;
                /** @description The day or moment before which it ends. */
                end_date?: string;
                /** @description Rows of a page, 1000 at most. With it the answer is `{data, next}`. */
                limit?: string;
                /** @description A model group. */
                model?: string;
                /** @description The `next` of the page before. */
                next?: string;
                /** @description The id of a call: ours, or the one that its caller chose. */
                request_id?: string;
                /** @description The first day, such as 2025-01-31 (UTC), or a moment. */
                start_date?: string;
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
                    "application/json": components["schemas"]["Tag"][];
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
