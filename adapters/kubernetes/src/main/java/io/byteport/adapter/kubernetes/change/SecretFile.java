package io.byteport.adapter.kubernetes.change;

import com.google.re2j.Pattern;
import io.byteport.adapter.kubernetes.api.Names;
import io.byteport.adapter.kubernetes.mapping.SecretContent;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds a Secret: readable by the agent alone, there as a whole or not at all.
 *
 * @param path where it is
 */
record SecretFile(Path path) {
  private static final long LARGEST = 4L << 20;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}");

  /**
   * A file of that name in a folder.
   *
   * @throws ActionException if the folder is not named in full, or the name is no name of a file
   */
  static SecretFile in(String root, String name) throws ActionException {
    Path folder = absolute(root);
    if (!SEGMENT.matcher(name).matches()) {
      throw ActionException.refused(
          FailureKind.INVALID, "`" + Names.shown(name) + "` is no plain name of a file");
    }
    return new SecretFile(folder.resolve(name));
  }

  /**
   * A file by its full path.
   *
   * @throws ActionException if the text is none
   */
  static SecretFile at(String path) throws ActionException {
    return new SecretFile(absolute(path));
  }

  private static Path absolute(String text) throws ActionException {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute() && path.equals(path.normalize())) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw ActionException.refused(
          FailureKind.INVALID, "`" + Names.shown(text) + "` is no path: " + e.getReason());
    }
    throw ActionException.refused(
        FailureKind.INVALID,
        "expected a full path without `..`, found `" + Names.shown(text) + "`");
  }

  /** The Secret in it; empty where there is no file. */
  Optional<SecretContent> read() throws ActionException {
    try {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > LARGEST) {
        throw ActionException.refused(FailureKind.INVALID, path + " is no backup of a Secret");
      }
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS))) {
        throw ActionException.refused(
            FailureKind.REFUSED, path + " can be read or changed by others, and is not trusted");
      }
      return Optional.of(SecretContent.read(Files.readString(path)));
    } catch (IllegalArgumentException e) {
      throw ActionException.refused(FailureKind.INVALID, path + " is no backup: " + e.getMessage());
    } catch (IOException e) {
      throw failed("cannot read", e, Effect.NONE);
    }
  }

  /** Fails where {@link #write} would for want of a folder. */
  void checkFolder() throws ActionException {
    @Nullable Path folder = path.getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN, "the agent cannot write into " + path.getParent());
    }
  }

  /** Puts a Secret there, where nothing is yet. */
  void write(SecretContent content) throws ActionException {
    @Nullable Path folder = path.getParent();
    if (folder == null) {
      throw ActionException.refused(FailureKind.INVALID, path + " is no file");
    }
    @Nullable Path half = null;
    try {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
      half =
          Files.createTempFile(
              folder, ".backup", null, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content.json().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      // A link is made only where nothing is: another backup is never written over.
      Files.createLink(path, half);
    } catch (FileAlreadyExistsException e) {
      throw ActionException.refused(FailureKind.CONFLICT, "there is another backup at " + path);
    } catch (IOException e) {
      throw failed("cannot write", e, Effect.UNKNOWN);
    } finally {
      remove(half);
    }
  }

  private void remove(@Nullable Path half) throws ActionException {
    try {
      if (half != null) {
        Files.deleteIfExists(half);
      }
    } catch (IOException e) {
      throw failed("cannot tidy up beside", e, Effect.UNKNOWN);
    }
  }

  private ActionException failed(String what, IOException e, Effect effect) {
    return new ActionException(
        e instanceof AccessDeniedException ? FailureKind.FORBIDDEN : FailureKind.UNREACHABLE,
        effect,
        what + " " + path + ": " + e.getClass().getSimpleName(),
        e);
  }
}
