package io.byteport.sim.host.program;

import io.byteport.sim.host.system.Files;
import io.byteport.sim.host.system.Inode;
import io.byteport.sim.host.system.NoSuchFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The scripts that put files aside and back, as they write and read the manifest of a backup. */
final class BackupScripts {
  private static final int MUCH = 16 << 20;

  private BackupScripts() {}

  static Map<String, Program> all() {
    return Map.of(
        "byteport-backup", BackupScripts::backup,
        "byteport-manifest", BackupScripts::manifest,
        "byteport-restore", BackupScripts::restore,
        "byteport-turn", BackupScripts::turn,
        "byteport-hash", BackupScripts::hash,
        "byteport-leads", BackupScripts::leads);
  }

  private static Reply backup(Call call) throws NoSuchFile {
    Files files = call.machine().files();
    String into = files.real(call.argument(0)) + "/" + call.argument(1);
    if (files.at(into).isPresent()) {
      return Reply.fails(3, call.argument(1) + " exists already");
    }
    List<String> manifest = new ArrayList<>(List.of("byteport backup 1"));
    files.directory(into, "700");
    int number = 0;
    for (String path : call.arguments().subList(2, call.arguments().size())) {
      if (files.at(path).isEmpty()) {
        files.delete(into);
        return Reply.fails(4, path + " is no file");
      }
      Inode inode = files.at(path).get();
      if (inode.kind() == Inode.Kind.LINK) {
        manifest.addAll(List.of("link", inode.text(call.machine().now()), "-", "-", "-", path));
        continue;
      }
      byte[] bytes = inode.content(MUCH, call.machine().now());
      String name = Integer.toString(++number);
      files.write(into + "/" + name, bytes, "600");
      manifest.addAll(List.of(name, sha256(bytes), inode.mode(), "0", "0", path));
    }
    files.write(
        into + "/manifest",
        (String.join("\0", manifest) + "\0").getBytes(StandardCharsets.UTF_8),
        "600");
    return Reply.SILENT;
  }

  private static Reply manifest(Call call) {
    Files files = call.machine().files();
    try {
      return Reply.prints(
          files.behind(call.argument(0) + "/manifest").content(MUCH, call.machine().now()));
    } catch (NoSuchFile e) {
      return Reply.status(3);
    }
  }

  /** Arguments: backup, number, hash, mode, owner:group, directory, name. */
  private static Reply restore(Call call) throws NoSuchFile {
    Files files = call.machine().files();
    byte[] bytes =
        files.behind(call.argument(0) + "/" + call.argument(1)).content(MUCH, call.machine().now());
    if (!sha256(bytes).equals(call.argument(2))) {
      return Reply.fails(5, "the backup of " + call.argument(6) + " is damaged");
    }
    files.write(call.argument(5) + "/" + call.argument(6), bytes, call.argument(3));
    return Reply.SILENT;
  }

  /** Arguments: where the link leads, directory, name. */
  private static Reply turn(Call call) {
    call.machine().files().link(call.argument(1) + "/" + call.argument(2), call.argument(0));
    return Reply.SILENT;
  }

  private static Reply hash(Call call) throws NoSuchFile {
    Inode inode = call.machine().files().behind(call.argument(0));
    return Reply.prints(sha256(inode.content(MUCH, call.machine().now())) + "  -\n");
  }

  private static Reply leads(Call call) {
    boolean same =
        call.machine()
            .files()
            .at(call.argument(0))
            .filter(inode -> inode.text(call.machine().now()).equals(call.argument(1)))
            .isPresent();
    return Reply.status(same ? 0 : 1);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
