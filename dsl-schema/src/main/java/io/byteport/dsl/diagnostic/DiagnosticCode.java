package io.byteport.dsl.diagnostic;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every finding that BytePort can report. A code is stable, documented on a page of its own and
 * never used again for something else.
 */
public enum DiagnosticCode {
  FILE_UNREADABLE("BP-FILE-001", Severity.ERROR, "The file cannot be read"),
  FILE_ENCODING("BP-FILE-002", Severity.ERROR, "The file is not UTF-8 text"),
  FILE_TOO_LARGE("BP-FILE-003", Severity.ERROR, "The file is too large"),

  YAML_SYNTAX("BP-YAML-001", Severity.ERROR, "The text is not YAML"),
  YAML_DUPLICATE_KEY("BP-YAML-002", Severity.ERROR, "A key stands twice in one map"),
  YAML_LIMIT(
      "BP-YAML-003", Severity.ERROR, "The document is too deep, too long or has too many aliases"),
  YAML_NOT_ONE_DOCUMENT("BP-YAML-004", Severity.ERROR, "A file holds exactly one document"),
  YAML_KEY_NOT_TEXT("BP-YAML-005", Severity.ERROR, "A key is not plain text"),
  YAML_TRAP("BP-YAML-006", Severity.ERROR, "YAML reads this differently from what was meant"),

  SCHEMA_UNKNOWN_FIELD("BP-SCHEMA-001", Severity.ERROR, "A field does not exist here"),
  SCHEMA_MISSING_FIELD("BP-SCHEMA-002", Severity.ERROR, "A required field is missing"),
  SCHEMA_WRONG_TYPE("BP-SCHEMA-003", Severity.ERROR, "A value has the wrong shape"),
  SCHEMA_NOT_ALLOWED("BP-SCHEMA-004", Severity.ERROR, "A value is not one of those allowed"),
  SCHEMA_OUT_OF_RANGE("BP-SCHEMA-005", Severity.ERROR, "A value is out of its bounds"),
  SCHEMA_BAD_FORMAT("BP-SCHEMA-006", Severity.ERROR, "A text is not written as it must be"),
  SCHEMA_EXCLUSIVE("BP-SCHEMA-007", Severity.ERROR, "Exactly one of several fields must be given"),
  SCHEMA_UNKNOWN_KIND(
      "BP-SCHEMA-008", Severity.ERROR, "The document's kind or version is not known"),

  EXPR_SYNTAX("BP-EXPR-001", Severity.ERROR, "An expression cannot be read"),
  EXPR_NOT_ALLOWED(
      "BP-EXPR-002", Severity.ERROR, "An expression uses what the language does not have"),
  EXPR_UNKNOWN_NAME("BP-EXPR-003", Severity.ERROR, "A name does not exist here"),
  EXPR_UNKNOWN_FIELD("BP-EXPR-004", Severity.ERROR, "A value has no such field"),
  EXPR_UNKNOWN_FUNCTION("BP-EXPR-005", Severity.ERROR, "A function does not exist"),
  EXPR_ARGUMENTS("BP-EXPR-006", Severity.ERROR, "A function is called with the wrong arguments"),
  EXPR_TYPE("BP-EXPR-007", Severity.ERROR, "A value has the wrong type"),
  EXPR_NULLABLE_CONDITION("BP-EXPR-008", Severity.ERROR, "A condition may be null"),
  EXPR_BAD_REGEX("BP-EXPR-009", Severity.ERROR, "A regular expression does not compile"),
  EXPR_BAD_QUANTITY("BP-EXPR-010", Severity.ERROR, "A quantity is not written as it must be"),
  EXPR_TEMPLATE("BP-EXPR-011", Severity.ERROR, "An interpolation is not closed or empty"),
  EXPR_TOO_COMPLEX("BP-EXPR-012", Severity.ERROR, "An expression is too long or too deep"),
  EXPR_CONSTANT_PATTERN(
      "BP-EXPR-013",
      Severity.ERROR,
      "A pattern is neither a literal nor a parameter of type regex"),

  NAME_DUPLICATE("BP-NAME-001", Severity.ERROR, "An id is used twice"),
  NAME_RESERVED("BP-NAME-002", Severity.ERROR, "An id is a word of the language"),
  NAME_UNKNOWN_CLASS("BP-NAME-003", Severity.ERROR, "A class is not declared"),
  NAME_UNKNOWN_GUARDED("BP-NAME-004", Severity.ERROR, "A guardrail guards what does not exist"),
  NAME_UNKNOWN_BLOCK("BP-NAME-005", Severity.ERROR, "A block does not exist"),
  NAME_UNKNOWN_FACT("BP-NAME-006", Severity.ERROR, "A fact does not exist"),
  NAME_UNKNOWN_TYPE("BP-NAME-007", Severity.ERROR, "A type does not exist"),
  NAME_UNKNOWN_RESOURCE(
      "BP-NAME-008", Severity.ERROR, "A resource or verb is not in the catalogue"),

  ACTION_UNKNOWN("BP-ACTION-001", Severity.ERROR, "An action does not exist"),
  ACTION_UNKNOWN_INPUT("BP-ACTION-002", Severity.ERROR, "An action has no such input"),
  ACTION_MISSING_INPUT("BP-ACTION-003", Severity.ERROR, "An action lacks a required input"),
  ACTION_WRONG_EFFECT("BP-ACTION-004", Severity.ERROR, "A change stands where only reads may"),
  ACTION_FORBIDDEN(
      "BP-ACTION-005", Severity.ERROR, "A step does what a guardrail of the runbook forbids"),
  ACTION_NOT_WATCHABLE("BP-ACTION-006", Severity.ERROR, "A read cannot be watched"),
  ACTION_NOT_LITERAL(
      "BP-ACTION-007", Severity.ERROR, "An input is computed where it must be written out"),

  FLOW_CYCLE("BP-FLOW-001", Severity.ERROR, "Facts or blocks depend on each other in a circle"),
  FLOW_CLASS_WITHOUT_REMEDIATION(
      "BP-FLOW-002", Severity.ERROR, "A class has no entry in `remediate`"),
  FLOW_NO_ESCALATION("BP-FLOW-003", Severity.ERROR, "The runbook does not say how it escalates"),
  FLOW_NO_VERIFICATION("BP-FLOW-004", Severity.ERROR, "A change is never verified"),
  FLOW_CONFIDENCE("BP-FLOW-005", Severity.ERROR, "A confidence is out of range or under the gate"),
  FLOW_TAINTED(
      "BP-FLOW-006", Severity.ERROR, "Untrusted data reaches a place where it could do harm"),
  FLOW_UNCOUNTED_CHANGE("BP-FLOW-007", Severity.WARNING, "A change is counted by no limit"),
  FLOW_VERIFICATION_IN_VAIN("BP-FLOW-008", Severity.ERROR, "A verification cannot pass as written"),
  FLOW_IDLE_LIMIT("BP-FLOW-009", Severity.WARNING, "A limit never refuses, or always"),
  FLOW_GUARDS_NOTHING(
      "BP-FLOW-010", Severity.WARNING, "A guardrail names what it can never refuse"),

  RULE_CONTRADICTION("BP-RULE-001", Severity.WARNING, "A rule contradicts itself"),
  RULE_SHADOWED("BP-RULE-002", Severity.WARNING, "A rule never wins, since earlier ones do"),
  RULE_CATCH_ALL(
      "BP-RULE-003", Severity.WARNING, "A rule that is never false stands before others"),
  RULE_CONSTANT_PART("BP-RULE-004", Severity.WARNING, "A part of a condition decides nothing"),
  RULE_DEAD_CHOICE("BP-RULE-005", Severity.WARNING, "An entry of a choice is never chosen"),
  RULE_DEAD_CASE("BP-RULE-006", Severity.WARNING, "A case is never reached"),
  RULE_DEAD_STEP("BP-RULE-007", Severity.WARNING, "A step never runs"),
  RULE_CONSTANT_GUARD("BP-RULE-008", Severity.WARNING, "A guardrail's condition never changes"),

  PARAM_ENVIRONMENT(
      "BP-PARAM-001", Severity.ERROR, "An environment variable does not fit its parameter"),
  PARAM_CONFIGURED("BP-PARAM-002", Severity.ERROR, "A configured value does not fit its parameter"),

  UNUSED_FACT("BP-UNUSED-001", Severity.WARNING, "A fact is never used"),
  UNUSED_PARAMETER("BP-UNUSED-002", Severity.WARNING, "A parameter is never used"),
  UNUSED_INPUT("BP-UNUSED-003", Severity.WARNING, "An input is never used"),
  UNUSED_BLOCK("BP-UNUSED-004", Severity.WARNING, "A block is never called"),
  UNUSED_ARGUMENT("BP-UNUSED-005", Severity.WARNING, "An argument of a block is never used"),

  DEPRECATED("BP-DEPRECATED-001", Severity.WARNING, "Something will go away"),

  TEST_UNKNOWN_NAME("BP-TEST-001", Severity.ERROR, "A test names what its runbook does not have"),
  TEST_UNUSED(
      "BP-TEST-002",
      Severity.ERROR,
      "A test gives what its runbook would never ask for",
      Ignorable.YES),
  TEST_OTHER_RUNBOOK("BP-TEST-003", Severity.ERROR, "A test is about another runbook"),
  TEST_INCLUDE("BP-TEST-004", Severity.ERROR, "A file that a test includes cannot be used"),

  INCLUDE_UNKNOWN("BP-INCLUDE-001", Severity.ERROR, "A library does not exist"),
  INCLUDE_CYCLE("BP-INCLUDE-002", Severity.ERROR, "Libraries include each other in a circle"),
  INCLUDE_CLASH(
      "BP-INCLUDE-003", Severity.ERROR, "A name stands in a library and beside it as well"),
  INCLUDE_NOTHING("BP-INCLUDE-004", Severity.ERROR, "A library has nothing of that name"),
  INCLUDE_UNUSABLE("BP-INCLUDE-005", Severity.ERROR, "What is included is not a library"),
  INCLUDE_OTHER_NAME(
      "BP-INCLUDE-006", Severity.ERROR, "A library is called otherwise than its file"),

  FOLDER_OVERLAP(
      "BP-FOLDER-001",
      Severity.WARNING,
      "Two runbooks claim one signal and neither supersedes the other"),
  FOLDER_DUPLICATE("BP-FOLDER-002", Severity.ERROR, "Two runbooks share an id or an alias"),

  IGNORE_STALE(
      "BP-IGNORE-001", Severity.WARNING, "An ignore comment ignores nothing", Ignorable.NO),
  IGNORE_UNKNOWN_CODE(
      "BP-IGNORE-002",
      Severity.WARNING,
      "An ignore comment names a code that does not exist",
      Ignorable.NO),
  IGNORE_NO_REASON(
      "BP-IGNORE-003", Severity.WARNING, "An ignore comment gives no reason", Ignorable.NO),
  IGNORE_REFUSED(
      "BP-IGNORE-004",
      Severity.WARNING,
      "An ignore comment names a code that cannot be ignored",
      Ignorable.NO),

  SETTINGS_UNKNOWN_CODE(
      "BP-SETTINGS-001", Severity.ERROR, "Settings name a code that does not exist"),
  SETTINGS_LOWERED_ERROR(
      "BP-SETTINGS-002", Severity.ERROR, "Settings lower the severity of an error"),
  SETTINGS_BAD_PATTERN(
      "BP-SETTINGS-003", Severity.ERROR, "A pattern of paths in settings cannot match anything"),

  CONNECTION_UNKNOWN_TYPE(
      "BP-CONNECTION-001",
      Severity.ERROR,
      "A type of connections, sources or channels does not exist"),
  CONNECTION_PLAIN_SECRET("BP-CONNECTION-002", Severity.ERROR, "A secret is written out"),
  CONNECTION_UNKNOWN_REFERENCE(
      "BP-CONNECTION-003", Severity.ERROR, "A connection refers to one that does not fit"),
  CONNECTION_DUPLICATE(
      "BP-CONNECTION-004", Severity.ERROR, "Two connections of one kind share a name"),

  AGENT_EXPOSED("BP-AGENT-001", Severity.ERROR, "An agent hears the world and knows nobody in it"),
  AGENT_UNKNOWN_NAME(
      "BP-AGENT-002", Severity.ERROR, "An agent's configuration names what does not exist"),
  AGENT_WEBHOOK_TAKEN("BP-AGENT-003", Severity.ERROR, "Two sources share a path"),
  AGENT_UNHEARD("BP-AGENT-004", Severity.ERROR, "A source is not heard as it is configured"),
  AGENT_UNUSED_CHANNEL("BP-AGENT-005", Severity.WARNING, "A channel is in no route"),
  AGENT_UNTAKEN_SIGNAL(
      "BP-AGENT-006", Severity.WARNING, "A rule makes a signal that no enabled runbook takes"),

  FORMAT_REFUSED("BP-FORMAT-001", Severity.ERROR, "A file cannot be laid out without changing it"),

  CATALOGUE_INVALID(
      "BP-CATALOGUE-001", Severity.ERROR, "A catalogue of actions is not well formed");

  private final String id;
  private final Severity severity;
  private final String title;
  private final Ignorable ignorable;

  /** Whether a comment in the file may ignore a finding. */
  private enum Ignorable {
    YES,
    NO
  }

  /** A code that can be ignored unless it is an error. */
  DiagnosticCode(String id, Severity severity, String title) {
    this(id, severity, title, severity == Severity.ERROR ? Ignorable.NO : Ignorable.YES);
  }

  DiagnosticCode(String id, Severity severity, String title, Ignorable ignorable) {
    this.id = id;
    this.severity = severity;
    this.title = title;
    this.ignorable = ignorable;
  }

  /** The code of an id such as {@code BP-EXPR-003}; empty where there is none. */
  public static Optional<DiagnosticCode> ofId(String id) {
    return Arrays.stream(values()).filter(code -> code.id.equals(id)).findFirst();
  }

  /** The stable code, such as {@code BP-EXPR-003}. */
  public String id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  /**
   * Whether it is a judgement, which an author may overrule with a reason: never syntax, shape,
   * names, types, taint or anything else that the engine relies on.
   */
  public boolean ignorable() {
    return ignorable == Ignorable.YES;
  }

  /** Whether it is found only where several runbooks are compared, never in one alone. */
  public boolean isAboutFolders() {
    return id.startsWith("BP-FOLDER-");
  }

  /** What is wrong in general, in one sentence without a full stop. */
  public String title() {
    return title;
  }
}
