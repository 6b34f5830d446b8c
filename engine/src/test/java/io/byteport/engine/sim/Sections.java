package io.byteport.engine.sim;

/** Sections of which the runbooks of these tests are put together. */
final class Sections {
  private Sections() {}

  static final String BOX =
      """
      diagnose:
        box:
          uses: lab.box
          with:
            box: ${target}
      """;

  /** Every run that gets so far is about this class. */
  static final String BROKEN =
      """
      classify:
        rules:
          - class: broken
            when: not box.ready
            confidence: 0.9
            because: ${box.name} is not ready
      """;

  static final String MEND =
      """
      remediate:
        broken:
          steps:
            - id: mend
              uses: lab.mend
              with:
                box: ${target}
          advice: Look at ${box.name}
        unknown:
          advice: Nobody knows
      """;

  static final String VERIFY =
      """
      verify:
        within: 1m
        every: 15s
        expect:
          ready: box.ready
      """;

  static final String END =
      """
      escalate:
        to:
          mail: {}
      resolve:
        to:
          chat: {}
      """;

  /** A broken box that is mended. */
  static final Object[] BROKEN_BOX = {
    "name", "b1", "load", 90, "ready", false, "items", Lab.list(), "tags", Lab.struct()
  };
}
