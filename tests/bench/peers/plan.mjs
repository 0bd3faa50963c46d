/**
 * The measurements of one round: test by test, the contenders one after the other, so that what is compared lies close together.
 * @returns {{ id: string, test: string, contender: object, setting: object }[]}
 */
export function plan(tests, contenders) {
  return tests.flatMap((test) => contenders.flatMap((contender) => contender.settings[test].map((setting) => ({
    id: `${test}/${contender.key}/${setting.key}`,
    test,
    contender,
    setting,
  }))));
}
