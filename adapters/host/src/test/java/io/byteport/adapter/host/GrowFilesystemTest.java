package io.byteport.adapter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real filesystem on a loop device that grows under it. */
@Tag("real")
class GrowFilesystemTest {
  private final Rig rig = Rig.here();
  @TempDir Path folder;
  private String device = "";
  private Path mount = Path.of("/");

  @BeforeEach
  void mount() throws Exception {
    mount = Files.createDirectory(folder.toRealPath().resolve("mount"));
    Path image = folder.resolve("image");
    Assumptions.assumeTrue(
        status("truncate", "-s", "32M", image.toString()) == 0
            && status("mkfs.ext4", "-q", "-F", image.toString()) == 0,
        "a filesystem cannot be made here");
    Process losetup = new ProcessBuilder("losetup", "-f", "--show", image.toString()).start();
    String printed =
        new String(losetup.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    Assumptions.assumeTrue(losetup.waitFor() == 0, "there are no loop devices here");
    device = printed;
    Assumptions.assumeTrue(
        status("mount", device, mount.toString()) == 0, "nothing can be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    rig.close();
    if (!device.isEmpty()) {
      status("umount", mount.toString());
      assertThat(status("losetup", "-d", device)).isZero();
    }
  }

  private static int status(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** The kernel grows a mounted filesystem only for who has CAP_SYS_RESOURCE (capabilities(7)). */
  private static boolean mayResize() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("CapEff:"))
        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(capabilities -> ((capabilities >> 24) & 1) == 1);
  }

  @Test
  void who_may_not_grow_it_is_told_so_in_the_words_of_resize2fs() throws Exception {
    Assumptions.assumeFalse(mayResize(), "this user may resize filesystems");
    assertThat(status("truncate", "-s", "96M", folder.resolve("image").toString())).isZero();
    assertThat(status("losetup", "-c", device)).isZero();
    assertThatThrownBy(() -> rig.change("host.growFilesystem", "path", mount.toString()))
        .isInstanceOfSatisfying(
            ActionException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
              assertThat(failure.reason()).contains("Permission denied to resize filesystem");
            });
  }

  @Test
  void a_filesystem_grows_to_the_size_of_its_device() throws Exception {
    Assumptions.assumeTrue(mayResize(), "this user may not resize filesystems");
    Files.writeString(mount.resolve("file"), "kept");
    assertThat(status("truncate", "-s", "96M", folder.resolve("image").toString())).isZero();
    assertThat(status("losetup", "-c", device)).isZero();
    Object[] inputs = {"path", mount.toString()};
    StructValue memo = rig.prepare("host.growFilesystem", inputs);
    assertThat(rig.probe(memo, "host.growFilesystem", inputs)).isEqualTo(Probe.NOT_DONE);

    Rig.Done done = rig.changeAfter(memo, "host.growFilesystem", inputs);

    assertThat(done.changed()).isTrue();
    assertThat(done.bytes("from")).isLessThan(33L << 20);
    assertThat(done.bytes("to")).isGreaterThan(80L << 20);
    assertThat(rig.probe(memo, "host.growFilesystem", inputs)).isEqualTo(Probe.TOOK_EFFECT);
    assertThat(mount.resolve("file")).hasContent("kept");
    assertThat(rig.change("host.growFilesystem", inputs).changed()).isFalse();
  }

  @Test
  void what_is_on_no_device_of_its_own_is_not_grown() {
    assertThatThrownBy(() -> rig.prepare("host.growFilesystem", "path", "/proc"))
        .hasMessageContaining("is not on a device of its own");
  }
}
