package io.byteport.dsl.test;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.yaml.Moved;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts that one test is made of, laid end to end, so that one span says both file and place.
 * The test itself comes first, where its spans are its own.
 */
final class TestSources {
  private record Placed(SourceFile file, int start) {}

  private final List<Placed> files = new ArrayList<>();

  /**
   * @param test the file that includes the others
   */
  TestSources(SourceFile test) {
    files.add(new Placed(test, 0));
  }

  SourceFile test() {
    return files.getFirst().file();
  }

  /** Takes in one more file and moves its nodes to where it comes to stand. */
  YamlMapping add(SourceFile file, YamlMapping root) {
    Placed last = files.getLast();
    Placed next = new Placed(file, last.start() + last.file().length() + 1);
    files.add(next);
    return Moved.by(root, next.start());
  }

  SourceFile file(Span span) {
    return placed(span).file();
  }

  /** The place within its own file. */
  Span local(Span span) {
    Placed placed = placed(span);
    int start = span.start() - placed.start();
    return new Span(start, Math.max(start, span.end() - placed.start()));
  }

  private Placed placed(Span span) {
    Placed found = files.getFirst();
    for (Placed placed : files) {
      if (placed.start() <= span.start()) {
        found = placed;
      }
    }
    return found;
  }
}
