package io.byteport.adapter.host;

import static io.byteport.adapter.host.Station.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.Inventory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedBackupTest {
  @TempDir Path folder;
  private HostAdapter adapter;
  private Station station;
  private Path root;

  @BeforeEach
  void open() throws Exception {
    adapter = new HostAdapter(Inventory.EMPTY);
    station = new Station(adapter, Instant.EPOCH);
    root = folder.toRealPath();
    Files.createDirectories(root.resolve("live"));
    Files.createDirectories(root.resolve("archive"));
    Files.createDirectories(root.resolve("backups"));
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  @Test
  void a_link_that_was_turned_to_a_newer_file_leads_to_the_old_one_again() throws Exception {
    Path first = Files.writeString(root.resolve("archive/cert1.pem"), "first");
    Path link = root.resolve("live/cert.pem");
    Files.createSymbolicLink(link, Path.of("../archive/cert1.pem"));
    Value backup = station.change("host.backupFiles", backup(link)).output().get("path");
    assertThat(station.change("host.backupFiles", backup(link)).changed()).isFalse();

    Files.writeString(root.resolve("archive/cert2.pem"), "second");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("../archive/cert2.pem"));
    Files.writeString(first, "overwritten");
    StructValue restore = with("host", "localhost", "backup", backup);
    StructValue memo = station.prepare("host.restoreFiles", restore);
    assertThat(station.probe("host.restoreFiles", restore, memo)).isEqualTo(Probe.NOT_DONE);
    station.change("host.restoreFiles", restore, memo);

    assertThat(link).isSymbolicLink().hasContent("first");
    assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("../archive/cert1.pem"));
    assertThat(root.resolve("archive/cert2.pem")).hasContent("second");
    assertThat(station.probe("host.restoreFiles", restore, memo)).isEqualTo(Probe.TOOK_EFFECT);
    assertThat(root.resolve("live")).isDirectoryNotContaining("glob:**/.restore*");
  }

  @Test
  void a_link_to_something_outside_of_the_roots_is_not_backed_up() throws Exception {
    Path link = root.resolve("live/cert.pem");
    Files.createSymbolicLink(link, Path.of("/etc/passwd"));
    assertThatThrownBy(() -> station.change("host.backupFiles", backup(link)))
        .hasMessageContaining("does not lie under");
  }

  @Test
  void a_backup_is_named_after_a_wildcard_but_never_after_a_path_or_an_option() throws Exception {
    Path file = Files.writeString(root.resolve("live/cert.pem"), "first");
    StructValue named = backup(file).with("as", Value.of("*.example.com-20261121T120000Z"));
    assertThat(station.change("host.backupFiles", named).output().get("path"))
        .isEqualTo(Value.of(root + "/backups/*.example.com-20261121T120000Z"));
    for (String name : List.of("-rf", "..", "a/b", ".hidden", "a b", "a\nb", "")) {
      assertThatThrownBy(
              () -> station.change("host.backupFiles", backup(file).with("as", Value.of(name))))
          .as(name)
          .hasMessageContaining("expected one plain name");
    }
  }

  private StructValue backup(Path file) {
    return with(
        "host",
        "localhost",
        "files",
        List.of(file.toString()),
        "roots",
        List.of(root + "/live", root + "/archive"),
        "root",
        root + "/backups",
        "as",
        "run-1");
  }
}
