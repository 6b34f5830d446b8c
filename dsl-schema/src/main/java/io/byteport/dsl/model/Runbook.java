package io.byteport.dsl.model;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.source.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One runbook file, section by section in the order in which an incident unfolds. What the author
 * left out has its default here; what has no default is null. Maps keep the order of the file.
 *
 * @param defaults inputs by family and name, given to every action of the family that has such an
 *     input
 * @param families the families that {@code defaults} names, with their places
 * @param severity of the incident; null where the detector's or the runbook's own serves
 * @param verify null where nothing is ever changed
 * @param rollback null where there is none
 * @param summary the one line of every message
 * @param notices what is sent at events other than the end: opened, planned, acting, ...
 */
public record Runbook(
    Metadata metadata,
    Map<String, Param> params,
    Map<String, Detector> detectors,
    Map<String, Input> inputs,
    Target target,
    Map<String, Map<String, ValueExpr.Entry>> defaults,
    List<Id> families,
    Map<String, Fact> diagnose,
    @Nullable Choice severity,
    Classify classify,
    Map<String, Guardrail> guardrails,
    Map<String, Remediation> remediate,
    Map<String, Block> blocks,
    @Nullable Verify verify,
    @Nullable Rollback rollback,
    @Nullable Choice summary,
    Map<String, Notice> notices,
    @Nullable Notice resolve,
    Escalation escalate,
    Map<String, ValueExpr.Entry> postmortem,
    Span span) {

  public Runbook {
    params = frozen(params);
    detectors = frozen(detectors);
    inputs = frozen(inputs);
    defaults = frozen(defaults);
    families = List.copyOf(families);
    diagnose = frozen(diagnose);
    guardrails = frozen(guardrails);
    remediate = frozen(remediate);
    blocks = frozen(blocks);
    notices = frozen(notices);
    postmortem = frozen(postmortem);
  }

  static <T> Map<String, T> frozen(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Identity. {@code severity} and {@code status} are words of the schema. */
  public record Metadata(
      Id id,
      String title,
      String category,
      String severity,
      String status,
      String version,
      List<Id> aliases,
      List<Id> supersedes,
      List<String> sources,
      @Nullable String doc) {
    public Metadata {
      aliases = List.copyOf(aliases);
      supersedes = List.copyOf(supersedes);
      sources = List.copyOf(sources);
    }
  }

  /** A type as it is written, such as {@code list<string>}. */
  public record TypeName(String text, Span span) {}

  /** A parameter of a deployment, or an argument of a block. */
  public record Param(
      Id id,
      TypeName type,
      String doc,
      @Nullable ValueExpr defaultValue,
      List<String> words,
      ValueExpr.@Nullable Constant minimum,
      ValueExpr.@Nullable Constant maximum,
      @Nullable Id env,
      List<Id> aliases) {
    public Param {
      words = List.copyOf(words);
      aliases = List.copyOf(aliases);
    }
  }

  /**
   * @param watch null where the signal only arrives from an alert source
   */
  public record Detector(
      Id id,
      @Nullable String doc,
      List<Id> aliases,
      @Nullable Choice severity,
      @Nullable Watch watch) {
    public Detector {
      aliases = List.copyOf(aliases);
    }
  }

  public record Watch(
      ActionUse use, @Nullable ValueExpr every, Expr when, @Nullable ValueExpr sustained) {}

  public record Input(
      Id id,
      TypeName type,
      List<String> words,
      List<String> from,
      boolean required,
      @Nullable ValueExpr defaultValue,
      @Nullable String doc) {
    public Input {
      words = List.copyOf(words);
      from = List.copyOf(from);
    }
  }

  public record Target(Id type, Map<String, ValueExpr.Entry> fields, Span span) {
    public Target {
      fields = frozen(fields);
    }
  }

  /**
   * An action by name with what it is given.
   *
   * @param span of the read, step or detector that uses it
   */
  public record ActionUse(
      Id action, Map<String, ValueExpr.Entry> with, @Nullable ValueExpr timeout, Span span) {
    public ActionUse {
      with = frozen(with);
    }
  }

  public record Classify(
      double minConfidence, int passes, @Nullable ValueExpr every, List<Rule> rules, Span span) {
    public Classify {
      rules = List.copyOf(rules);
    }
  }

  /**
   * One rule; the class is declared here. The name is the class's, which may stand in several
   * rules.
   */
  public record Rule(Id classId, Expr when, Choice confidence, ValueExpr because, Span span) {}

  /**
   * What is done about a class.
   *
   * @param until stop as soon as this holds, asked before each step; null to do all
   * @param verify keys that differ from the runbook's; null for none
   * @param verifyRemoved expectations of the runbook that do not count for this class
   */
  public record Remediation(
      Id classId,
      List<Step> steps,
      @Nullable Expr until,
      List<Id> refresh,
      OnFailure onFailure,
      @Nullable Verify verify,
      List<Id> verifyRemoved,
      @Nullable Rollback rollback,
      @Nullable ValueExpr advice,
      Span span) {
    public Remediation {
      steps = List.copyOf(steps);
      refresh = List.copyOf(refresh);
      verifyRemoved = List.copyOf(verifyRemoved);
    }
  }

  public record Block(Id id, Map<String, Param> args, List<Step> steps, Span span) {
    public Block {
      args = frozen(args);
      steps = List.copyOf(steps);
    }
  }

  /**
   * What must hold after a change. Null durations were not given; their defaults (within 0s, every
   * 15s, after 0s, for 0s) apply after a class's keys are laid over the runbook's.
   *
   * @param at offsets at which is looked, first pass wins; null where {@code within} is meant
   */
  public record Verify(
      Map<String, Expectation> expect,
      @Nullable ValueExpr within,
      @Nullable ValueExpr every,
      @Nullable ValueExpr after,
      @Nullable ValueExpr sustained,
      @Nullable List<ValueExpr> at,
      Map<String, Fact> read,
      List<Step> then,
      Span span) {
    public Verify {
      expect = frozen(expect);
      at = at == null ? null : List.copyOf(at);
      read = frozen(read);
      then = List.copyOf(then);
    }
  }

  public record Expectation(Id id, Expr condition) {}

  public record Rollback(List<Step> steps, @Nullable Expr when, Span span) {
    public Rollback {
      steps = List.copyOf(steps);
    }
  }
}
