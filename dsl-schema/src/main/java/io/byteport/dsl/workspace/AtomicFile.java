package io.byteport.dsl.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;

/** Replaces what is in a file as a whole, or leaves it as it was. */
final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a file beside and puts it into the place of the old one, with its permissions and, where
   * this user may, its owner. A link stays, what it leads to is replaced. Somebody who writes
   * between the last look and the replacement, a few microseconds, is not noticed.
   *
   * @param expected what must still be in the file
   * @throws IOException if it is something else by now or no regular file, or the file or its
   *     folder cannot be written
   */
  static void replace(Path path, byte[] expected, byte[] content) throws IOException {
    Path real = path.toRealPath();
    if (!Files.isRegularFile(real)) {
      throw new FileSystemException(path.toString(), null, "it is no regular file");
    }
    if (!Files.isWritable(real)) {
      throw new AccessDeniedException(path.toString(), null, "this user may not write it");
    }
    Path beside = Files.createTempFile(real.toAbsolutePath().getParent(), ".byteport-", ".tmp");
    try {
      write(beside, content);
      copyAttributes(real, beside);
      if (!Arrays.equals(Files.readAllBytes(real), expected)) {
        throw new FileSystemException(
            path.toString(), null, "it changed while it was being fixed, so it was left alone");
      }
      Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void copyAttributes(Path from, Path to) throws IOException {
    PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (source == null || target == null) {
      return; // no permissions of that kind here
    }
    PosixFileAttributes attributes = source.readAttributes();
    try {
      if (!attributes.owner().equals(target.getOwner())) {
        target.setOwner(attributes.owner());
      }
      if (!attributes.group().equals(target.readAttributes().group())) {
        target.setGroup(attributes.group());
      }
    } catch (IOException notAllowed) {
      target.setPermissions(attributes.permissions()); // the file is then this user's
    }
    target.setPermissions(attributes.permissions());
  }
}
