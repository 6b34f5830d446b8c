package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code byteport store} on folders. */
class StoreCommandTest {
  @TempDir private Path folder;

  private Program store(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "store";
    System.arraycopy(words, 0, all, 1, words.length);
    return Program.run(all);
  }

  private String demo() {
    String state = folder.resolve("state").toString();
    assertThat(Program.run("demo", "oom", "-o", "json", "--state", state).status()).isZero();
    return folder.resolve("state/demo").toString();
  }

  @Test
  void a_store_is_checked_moved_pruned_and_made_compact() throws IOException {
    String from = demo();
    String to = folder.resolve("to").toString();
    Path file = folder.resolve("archive.ndjson");
    assertThat(store("check", "--state", from).out()).contains("2 runs, everything agrees");

    assertThat(store("export", file.toString(), "--state", from).err()).contains("2 runs");
    assertThat(Files.readAllLines(file).getFirst()).contains("\"archive\":\"byteport\"");
    assertThat(store("import", file.toString(), "--state", to).out()).contains("2 runs");
    assertThat(store("check", "--state", to).status()).isZero();
    Program again = store("import", file.toString(), "--state", to);
    assertThat(again.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(again.err()).contains("is in the store already").hasLineCount(1);

    assertThat(store("prune", "--older-than", "90d", "--dry-run", "--state", to).out())
        .contains("2 runs to be forgotten");
    assertThat(store("prune", "--older-than", "90d", "--state", to).out())
        .contains("2 runs forgotten");
    assertThat(store("compact", "--state", to).out()).contains("is compact");
    assertThat(Program.run("runs", "--state", to).out()).contains("no runs in " + to);
  }

  @Test
  void a_place_where_nothing_was_recorded_is_wrong_usage_and_stays_untouched() {
    Path nowhere = folder.resolve("nowhere");
    Program check = store("check", "--state", nowhere.toString());
    assertThat(check.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(check.err()).contains("nothing was recorded in " + nowhere);
    assertThat(nowhere).doesNotExist();
  }
}
