package io.byteport.dsl.action;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.type.Deprecation;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One catalogue file while it is read: its nodes, and where its faults are collected. */
record CatalogueFile(SourceFile source, YamlMapping root, List<Diagnostic> findings) {
  private static final Set<String> DEPRECATION_KEYS = Set.of("since", "instead", "why");

  void fault(Span span, String message, @Nullable String hint) {
    findings.add(Diagnostic.of(DiagnosticCode.CATALOGUE_INVALID, source, span, message, hint));
  }

  /** The entries of a section of the file; none where it is missing or not a map. */
  List<Entry> section(String name) {
    return root.get(name).map(node -> entries(node, name)).orElse(List.of());
  }

  /** The entries of a map, or none and a fault. */
  List<Entry> entries(YamlNode node, String what) {
    if (node instanceof YamlMapping mapping) {
      return mapping.entries();
    }
    if (!isNull(node)) {
      fault(node.span(), "expected a map of " + what + ", found " + shape(node), null);
    }
    return List.of();
  }

  /** A text, or null and a fault. */
  @Nullable String text(YamlNode node, String what) {
    if (node instanceof YamlScalar scalar && !scalar.value().isNull()) {
      return scalar.text();
    }
    fault(node.span(), "expected " + what + ", found " + shape(node), null);
    return null;
  }

  /** A list of texts; what is none is left out with a fault. */
  List<String> texts(YamlNode node, String what) {
    return scalars(node, what).stream().map(YamlScalar::text).toList();
  }

  List<YamlScalar> scalars(YamlNode node, String what) {
    if (!(node instanceof YamlSequence sequence)) {
      fault(node.span(), "expected a list of " + what + ", found " + shape(node), null);
      return List.of();
    }
    List<YamlScalar> scalars = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      if (item instanceof YamlScalar scalar && !scalar.value().isNull()) {
        scalars.add(scalar);
      } else {
        fault(item.span(), "expected one of the " + what + ", found " + shape(item), null);
      }
    }
    return scalars;
  }

  /** Faults each key of a map that is not one of those known. */
  void only(YamlMapping mapping, Set<String> known, String what) {
    for (Entry entry : mapping.entries()) {
      if (!known.contains(entry.key().text())) {
        fault(
            entry.key().span(),
            what + " has no `" + entry.key().text() + "`",
            "it has " + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  /** Whether a key of a map is true; false where it is missing. */
  boolean flag(YamlMapping mapping, String key) {
    return mapping
        .get(key)
        .map(
            node -> {
              if (node instanceof YamlScalar scalar
                  && scalar.value() instanceof Value.BooleanValue flag) {
                return flag.value();
              }
              fault(node.span(), "expected `true` or `false`, found " + shape(node), null);
              return false;
            })
        .orElse(false);
  }

  /** Faults a node that is not this word. */
  void word(YamlNode node, String word) {
    if (!(node instanceof YamlScalar scalar) || !scalar.text().equals(word)) {
      fault(node.span(), "expected `" + word + "`, found " + shape(node), null);
    }
  }

  /** What {@code deprecated} says, or null and a fault. */
  @Nullable Deprecation deprecation(YamlNode node) {
    if (!(node instanceof YamlMapping map)) {
      entries(node, "`since`, `instead` and `why`");
      return null;
    }
    only(map, DEPRECATION_KEYS, "`deprecated`");
    String since = map.get("since").map(value -> text(value, "a version")).orElse(null);
    String why = map.get("why").map(value -> text(value, "a reason")).orElse(null);
    if (map.get("since").isEmpty() || map.get("why").isEmpty()) {
      fault(map.span(), "expected `since` and `why` for what is deprecated", null);
    }
    return since == null || why == null
        ? null
        : new Deprecation(
            since, map.get("instead").map(value -> text(value, "a name")).orElse(null), why);
  }

  /** Faults what is deprecated in favour of something that does not exist. */
  void replacement(YamlScalar declared, Deprecation deprecation, Set<String> known) {
    if (deprecation.instead() != null && !known.contains(deprecation.instead())) {
      fault(
          declared.span(),
          "`"
              + declared.text()
              + "` is deprecated in favour of `"
              + deprecation.instead()
              + "`, which does not exist",
          null);
    }
  }

  static boolean isNull(YamlNode node) {
    return node instanceof YamlScalar scalar && scalar.value().isNull();
  }

  static String shape(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> scalar.value().isNull() ? "nothing" : "`" + scalar.text() + "`";
      case YamlSequence sequence -> "a list";
      case YamlMapping mapping -> "a map";
    };
  }
}
