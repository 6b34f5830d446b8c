package io.byteport.cli.report;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The findings of one run as SARIF's results, section 3.27. Fingerprints are numbered, so one run
 * needs one of its own.
 */
final class SarifResults {
  private static final String FINGERPRINT = "runbookFinding/v1";
  private static final int LONGEST_SNIPPET = 4_000;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)}");

  private final Path root;
  private final List<DiagnosticCode> rules;
  private final Function<Diagnostic, List<Suppression>> suppressions;
  private final Fingerprints fingerprints;

  /**
   * @param rules the run's rules, in their order
   */
  SarifResults(
      Path root, List<DiagnosticCode> rules, Function<Diagnostic, List<Suppression>> suppressions) {
    this.root = root;
    this.fingerprints = new Fingerprints(root);
    this.rules = rules;
    this.suppressions = suppressions;
  }

  Map<String, Object> of(Diagnostic finding) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", finding.code().id());
    result.put("ruleIndex", rules.indexOf(finding.code()));
    result.put("level", SarifRule.level(finding.severity()));
    result.put("message", message(Wording.of(finding)));
    result.put("locations", List.of(Map.of("physicalLocation", place(finding))));
    if (!finding.related().isEmpty()) {
      List<Map<String, Object>> related = new ArrayList<>();
      finding.related().forEach(each -> related.add(related(related.size() + 1, each)));
      result.put("relatedLocations", related);
    }
    result.put("partialFingerprints", Map.of(FINGERPRINT, fingerprints.of(finding)));
    if (!finding.fixes().isEmpty()) {
      result.put("fixes", finding.fixes().stream().map(fix -> fix(finding.file(), fix)).toList());
    }
    List<Suppression> suppressed = suppressions.apply(finding);
    if (!suppressed.isEmpty()) {
      result.put("suppressions", suppressed.stream().map(SarifResults::suppression).toList());
    }
    return result;
  }

  /** What reads like a placeholder is none: section 3.11.5 has braces doubled there. */
  private static Map<String, Object> message(String text) {
    return Map.of("text", PLACEHOLDER.matcher(text).replaceAll("{{$1}}"));
  }

  private Map<String, Object> place(Diagnostic finding) {
    return place(finding.file(), finding.span());
  }

  private Map<String, Object> place(SourceFile file, Span span) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("artifactLocation", artifact(file));
    Map<String, Object> region = region(file, span);
    if (span.length() > 0 && span.length() <= LONGEST_SNIPPET) {
      region.put("snippet", Map.of("text", file.text(span)));
    }
    place.put("region", region);
    return place;
  }

  private Map<String, Object> artifact(SourceFile file) {
    SourcePath path = SourcePath.of(root, file.name());
    Map<String, Object> artifact = new LinkedHashMap<>();
    artifact.put("uri", path.uri());
    if (path.inside()) {
      artifact.put("uriBaseId", SarifReport.ROOT);
    }
    return artifact;
  }

  private static Map<String, Object> region(SourceFile file, Span span) {
    Place place = Place.of(file, span);
    Map<String, Object> region = new LinkedHashMap<>();
    region.put("startLine", place.line());
    region.put("startColumn", place.column());
    region.put("endLine", place.endLine());
    region.put("endColumn", place.endColumn());
    return region;
  }

  private Map<String, Object> related(int id, Related related) {
    Map<String, Object> location = new LinkedHashMap<>();
    location.put("id", id);
    location.put("physicalLocation", place(related.file(), related.span()));
    location.put("message", message(related.message()));
    return location;
  }

  private Map<String, Object> fix(SourceFile file, Fix fix) {
    Map<String, Object> replacement = new LinkedHashMap<>();
    replacement.put("deletedRegion", region(file, fix.span()));
    if (!fix.replacement().isEmpty()) {
      replacement.put("insertedContent", Map.of("text", fix.replacement()));
    }
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("artifactLocation", artifact(file));
    change.put("replacements", List.of(replacement));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("description", message(fix.title()));
    json.put("artifactChanges", List.of(change));
    json.put("properties", Map.of("safe", fix.safe()));
    return json;
  }

  private static Map<String, Object> suppression(Suppression suppression) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "kind",
        switch (suppression.kind()) {
          case IN_SOURCE -> "inSource";
          case EXTERNAL -> "external";
        });
    if (!suppression.justification().isEmpty()) {
      json.put("justification", suppression.justification());
    }
    return json;
  }
}
