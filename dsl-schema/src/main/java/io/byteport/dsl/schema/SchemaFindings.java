package io.byteport.dsl.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import io.byteport.dsl.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns the validator's errors into findings of ours: one for each fault, where the validator may
 * have several for one. The schemas use {@code oneOf} for choices of fields alone and {@code if}
 * for everything else, so that no error comes from a branch that was not meant.
 */
final class SchemaFindings {
  private final SchemaWording wording;

  SchemaFindings(SchemaWording wording) {
    this.wording = wording;
  }

  List<Diagnostic> of(List<Error> errors) {
    List<Error> own = errors.stream().filter(error -> !isBranch(error)).toList();
    Set<String> misspelt = new HashSet<>();
    Set<NodePath> undecided = new HashSet<>();
    for (Error error : own) {
      if (error.getKeyword().equals("additionalProperties")) {
        wording
            .nearest(error)
            .ifPresent(meant -> misspelt.add(field(error.getInstanceLocation(), meant)));
      } else if (error.getKeyword().equals("oneOf")) {
        undecided.add(error.getInstanceLocation());
      }
    }
    Set<NodePath> judged = new HashSet<>();
    List<Diagnostic> findings = new ArrayList<>();
    for (Error error : gravestFirst(own)) {
      boolean follows =
          switch (error.getKeyword()) {
            case "required" ->
                misspelt.contains(
                    field(error.getInstanceLocation(), SchemaWording.property(error)));
            case "oneOf" ->
                wording.choices(error).stream()
                    .anyMatch(
                        choice -> misspelt.contains(field(error.getInstanceLocation(), choice)));
            case "false" ->
                undecided.contains(error.getInstanceLocation().getParent())
                    || !judged.add(error.getInstanceLocation());
            case "dependentRequired" ->
                undecided.contains(error.getInstanceLocation()) || isRefused(error, own);
            case "additionalProperties", "propertyNames", DeprecatedKeyword.NAME -> false;
            default -> !judged.add(error.getInstanceLocation());
          };
      if (!follows) {
        findings.add(wording.of(error));
      }
    }
    return findings;
  }

  /** Errors of the single branches of a choice of fields; the choice as a whole is told instead. */
  private static boolean isBranch(Error error) {
    NodePath path = error.getEvaluationPath();
    for (int i = 0; i < path.getNameCount() - 1; i++) {
      if (path.getElement(i).equals("oneOf")) {
        return true;
      }
    }
    return false;
  }

  /**
   * That a field does not belong here outweighs what is wrong with its value, and its type
   * outweighs the rest.
   */
  private static List<Error> gravestFirst(List<Error> errors) {
    List<Error> ordered = new ArrayList<>(errors);
    ordered.sort(
        Comparator.comparingInt(
            error ->
                switch (error.getKeyword()) {
                  case "false" -> 0;
                  case "type" -> 1;
                  default -> 2;
                }));
    return ordered;
  }

  /** Whether a field that lacks its companion does not belong here in the first place. */
  private static boolean isRefused(Error lacking, List<Error> errors) {
    NodePath field = lacking.getInstanceLocation().append(SchemaWording.property(lacking));
    return errors.stream()
        .anyMatch(
            error ->
                error.getKeyword().equals("false") && error.getInstanceLocation().equals(field));
  }

  private static String field(NodePath object, String name) {
    return object + "/" + name;
  }
}
