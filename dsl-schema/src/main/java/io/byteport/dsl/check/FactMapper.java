package io.byteport.dsl.check;

import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import java.util.LinkedHashMap;
import java.util.Map;

/** Facts: a map is a read, a text an expression, a list a choice. */
final class FactMapper {
  /** The name of an element where {@code as} gives none. */
  static final String ITEM = "item";

  private final NodeReader read;

  FactMapper(NodeReader read) {
    this.read = read;
  }

  Map<String, Fact> facts(YamlMapping section) {
    Map<String, Fact> facts = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      facts.put(entry.key().text(), fact(read.id(entry.key()), entry.value()));
    }
    return facts;
  }

  private Fact fact(Id id, YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> new Fact.Computed(id, read.expr(scalar));
      case YamlSequence sequence -> new Fact.Chosen(id, read.choice(sequence, false));
      case YamlMapping mapping -> {
        read.required(mapping, "uses");
        yield new Fact.Read(
            id,
            DeclarationMapper.use(read, mapping, "uses"),
            read.expr(mapping, "when"),
            read.expr(mapping, "forEach"),
            as(read, mapping),
            read.value(mapping, "otherwise"));
      }
    };
  }

  static String as(NodeReader read, YamlMapping node) {
    String as = read.word(node, "as");
    return as == null ? ITEM : as;
  }
}
