package io.byteport.engine.journal;

import io.byteport.engine.run.Note;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What some entries change in the one line about their run; null where they change nothing.
 *
 * @param classId as which it was classified
 * @param result how it ended
 * @param reason why
 */
record RunLine(@Nullable String classId, @Nullable String result, @Nullable String reason) {

  static RunLine of(List<Line> lines) {
    String classId = null;
    String result = null;
    String reason = null;
    for (Line line : lines) {
      if (line.entry() instanceof Note.Classified classified) {
        classId = classified.classId();
      } else if (line.entry() instanceof Note.Finished finished) {
        result = finished.report().result().word();
        reason = finished.report().reason();
      }
    }
    return new RunLine(classId, result, reason);
  }
}
