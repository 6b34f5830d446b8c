package io.byteport.lsp.live;

import io.byteport.dsl.source.SourceFile;
import io.byteport.lsp.Texts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command of the program with the texts that it is asked about.
 *
 * @param arguments without those that tell where the texts are
 * @param folder in which it is asked
 * @param texts as they were at that moment
 */
record Question(List<String> arguments, Path folder, Texts texts) {
  Question {
    arguments = List.copyOf(arguments);
  }

  /** With where the texts are that are not written yet. */
  List<String> command() {
    return Stream.concat(arguments.stream(), Stream.of("--unsaved", "-")).toList();
  }

  /** The texts that an editor has open, by path: what lies on the disk the program reads itself. */
  String input() {
    Map<String, String> open = new LinkedHashMap<>();
    for (SourceFile file : texts.open()) {
      open.put(file.name(), file.text());
    }
    return JsonMapper.shared().writeValueAsString(open);
  }
}
