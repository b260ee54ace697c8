import { describeProvider, loadRecordings, TEST_SECRET } from '@tianjillm/test-kit'
import { echoPlugin } from './plugin.ts'

describeProvider({
  plugin: echoPlugin,
  config: { api_key: TEST_SECRET },
  recordings: loadRecordings(new URL('./__fixtures__/', import.meta.url)),
})
