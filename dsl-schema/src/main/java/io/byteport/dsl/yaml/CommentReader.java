package io.byteport.dsl.yaml;

import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Finds the comments of a YAML text as the parser sees them: a {@code #} inside a text or a block
 * scalar is none. Pure and safe for use by several threads.
 */
public final class CommentReader {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setParseComments(true).setCodePointLimit(Integer.MAX_VALUE).build();

  private CommentReader() {}

  /** In the order of the text; those before the fault where the text is not YAML. */
  public static List<Comment> read(SourceFile file) {
    List<Comment> comments = new ArrayList<>();
    try {
      for (Event event : new Parse(SETTINGS).parseString(file.text())) {
        if (event instanceof CommentEvent comment
            && comment.getCommentType() != CommentType.BLANK_LINE) {
          comment.getStartMark().map(Mark::getIndex).ifPresent(at -> comments.add(at(file, at)));
        }
      }
    } catch (YamlEngineException broken) {
      return comments; // the reader of the document tells what is wrong
    }
    return comments;
  }

  private static Comment at(SourceFile file, int hash) {
    Span span = new Span(hash, Lines.end(file, hash));
    String text = file.text(new Span(Math.min(hash + 1, span.end()), span.end()));
    int lineStart = hash - file.position(hash).column();
    return new Comment(text, span, Lines.skipBlanks(file, lineStart) == hash);
  }
}
