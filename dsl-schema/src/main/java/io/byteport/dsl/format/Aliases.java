package io.byteport.dsl.format;

import io.byteport.dsl.format.Piece.Alias;
import io.byteport.dsl.format.Piece.Collection;
import io.byteport.dsl.format.Piece.Leaf;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the aliases of a document. */
final class Aliases {
  private Aliases() {}

  /**
   * Where an alias stands; empty where there is none.
   *
   * @param written the alias with its asterisk; where it is empty, or nowhere, the first one counts
   */
  static Optional<Span> first(SourceFile file, YamlMapping root, String written) {
    List<Alias> aliases = all(PieceReader.read(file, root).root()).toList();
    return aliases.stream()
        .filter(alias -> written.equals("*" + alias.name()))
        .findFirst()
        .or(() -> aliases.stream().findFirst())
        .map(Alias::span);
  }

  private static Stream<Alias> all(Piece piece) {
    return switch (piece) {
      case Alias alias -> Stream.of(alias);
      case Leaf leaf -> Stream.empty();
      case Collection collection ->
          collection.entries().stream().flatMap(entry -> all(entry.value()));
    };
  }
}
