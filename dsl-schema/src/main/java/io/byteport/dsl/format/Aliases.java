package io.byteport.dsl.format;

import io.byteport.dsl.format.Piece.Alias;
import io.byteport.dsl.format.Piece.Collection;
import io.byteport.dsl.format.Piece.Leaf;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.Optional;

/** Finds the aliases of a document. */
final class Aliases {
  private Aliases() {}

  /** Where the first alias stands; empty where there is none. */
  static Optional<Span> first(SourceFile file, YamlMapping root) {
    return find(PieceReader.read(file, root).root());
  }

  private static Optional<Span> find(Piece piece) {
    return switch (piece) {
      case Alias alias -> Optional.of(alias.span());
      case Leaf leaf -> Optional.empty();
      case Collection collection ->
          collection.entries().stream().flatMap(entry -> find(entry.value()).stream()).findFirst();
    };
  }
}
