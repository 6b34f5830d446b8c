package io.byteport.dsl.edit;

import java.util.EnumSet;
import java.util.Set;

/** What a name stands for. */
public enum SymbolKind {
  RUNBOOK("runbook"),
  LIBRARY("library"),
  PARAMETER("parameter"),
  SIGNAL("signal"),
  INPUT("input"),
  FACT("fact"),
  CLASS("class"),
  GUARDRAIL("guardrail"),
  STEP("step"),
  BLOCK("block"),
  ARGUMENT("argument"),
  EXPECTATION("expectation"),
  /** The name of an element of a list. */
  LOCAL("element"),
  /** The name of a lock, which is the same in every runbook. */
  LOCK("lock"),
  /** The name under which several runbooks count together. */
  COUNTER("shared limit"),
  ACTION("action"),
  FIXTURE("fixture"),
  /** Of the table of a test's case. */
  COLUMN("column"),
  SOURCE("source"),
  CONNECTION("connection"),
  CHANNEL("channel"),
  WINDOW("window"),
  /** Of an agent. */
  LIMIT("limit"),
  PERSON("person"),
  /** What a guardrail guards, where it may be a step or a class. */
  GUARDED("step or class"),
  /** What is not taken from a library, whatever it is. */
  LENT("name of a library"),
  /** A word of a field of the record, which may be the name of something. */
  RECORDED("recorded word");

  private static final Set<SymbolKind> GLOBAL =
      EnumSet.of(RUNBOOK, LIBRARY, SIGNAL, LOCK, COUNTER, ACTION);
  private static final Set<SymbolKind> OF_A_FILE =
      EnumSet.of(LOCAL, COLUMN, SOURCE, CONNECTION, CHANNEL, WINDOW, LIMIT, PERSON);
  private static final Set<SymbolKind> LENDABLE =
      EnumSet.of(PARAMETER, SIGNAL, INPUT, FACT, GUARDRAIL, BLOCK);

  private final String word;

  SymbolKind(String word) {
    this.word = word;
  }

  /** How people call it. */
  public String word() {
    return word;
  }

  /** Whether a name of this kind means the same wherever it stands. */
  public boolean isGlobal() {
    return GLOBAL.contains(this);
  }

  /** Whether no other file can name it. */
  public boolean isOfAFile() {
    return OF_A_FILE.contains(this);
  }

  /** Whether a mention of another kind may be one of this. */
  boolean covers(SymbolKind mention) {
    return switch (mention) {
      case GUARDED -> this == STEP || this == CLASS || this == GUARDED;
      case LENT -> LENDABLE.contains(this) || this == LENT;
      default -> this == mention;
    };
  }
}
