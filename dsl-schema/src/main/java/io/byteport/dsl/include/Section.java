package io.byteport.dsl.include;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The sections that a library may hold, and how a runbook takes them in. */
enum Section {
  PARAMS("params", "parameter", Way.BY_NAME),
  DETECTORS("detectors", "detector", Way.BY_ENTRY),
  INPUTS("inputs", "input", Way.BY_NAME),
  TARGET("target", "target", Way.WHOLE),
  DEFAULTS("defaults", "default", Way.WHOLE),
  DIAGNOSE("diagnose", "fact", Way.BY_NAME),
  GUARDRAILS("guardrails", "guardrail", Way.BY_ENTRY),
  BLOCKS("blocks", "block", Way.BY_NAME),
  VERIFY("verify", "verification", Way.WHOLE);

  /** Those whose entries are read wherever they are named. */
  static final List<Section> BY_NAME = of(Way.BY_NAME);

  /** Those with entries that have ids. */
  static final List<Section> WITH_IDS =
      Arrays.stream(values()).filter(section -> section.way != Way.WHOLE).toList();

  private final String key;
  private final String word;
  private final Way way;

  /** What makes an entry of a library part of a runbook. */
  private enum Way {
    /** That something of the runbook names it. */
    BY_NAME,
    /** That the runbook has an entry of its id that says so. */
    BY_ENTRY,
    /** That the section says so. */
    WHOLE
  }

  Section(String key, String word, Way way) {
    this.key = key;
    this.word = word;
    this.way = way;
  }

  private static List<Section> of(Way way) {
    return Arrays.stream(values()).filter(section -> section.way == way).toList();
  }

  static Optional<Section> ofKey(String key) {
    return Arrays.stream(values()).filter(section -> section.key.equals(key)).findFirst();
  }

  /** The key in the file. */
  String key() {
    return key;
  }

  /** What messages call an entry. */
  String word() {
    return word;
  }

  boolean isWhole() {
    return way == Way.WHOLE;
  }
}
