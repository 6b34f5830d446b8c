package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A shipped runbook and what it includes, with a few words of it exchanged, so that tests need not
 * wait as long as people do.
 */
final class Variant {
  private Variant() {}

  /**
   * @param words by what they are to be exchanged for; each must occur
   */
  static String of(String runbook, Map<String, String> words) throws IOException {
    String text = Language.load().find(runbook).source().text();
    for (Map.Entry<String, String> word : words.entrySet()) {
      assertThat(text).contains(word.getKey());
      text = text.replace(word.getKey(), word.getValue());
    }
    return text;
  }

  static Path file(Path folder, String runbook, Map<String, String> words) throws IOException {
    return Files.writeString(folder.resolve(runbook + ".yaml"), of(runbook, words));
  }
}
