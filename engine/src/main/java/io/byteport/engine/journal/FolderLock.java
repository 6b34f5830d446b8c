package io.byteport.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds a folder for one process. The operating system takes it back when the process ends, however
 * it ends.
 */
sealed interface FolderLock extends AutoCloseable {

  /** Holds nothing. */
  FolderLock NONE = new Nothing();

  @Override
  void close();

  /**
   * Makes the folder where it does not exist, and takes it.
   *
   * @throws StoreException if another process, or this one, has it already
   */
  static FolderLock take(Path folder) {
    Path file = folder.resolve("byteport.lock");
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String holder = holder(channel);
        channel.close();
        throw new FolderHeldException(
            "the state folder "
                + folder
                + " is in use by another process"
                + (holder.isEmpty() ? "" : " (" + holder + ")")
                + ": stop it, or choose another folder",
            holder);
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
      return new Held(channel);
    } catch (IOException e) {
      throw new StoreException(
          "the state folder " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock(
          Long.MAX_VALUE - 1, 1, false); // beyond the text, which others may read
    } catch (OverlappingFileLockException ownProcess) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
  }

  record Held(FileChannel channel) implements FolderLock {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new StoreException("the state folder cannot be given back: " + e.getMessage(), e);
      }
    }
  }

  record Nothing() implements FolderLock {
    @Override
    public void close() {}
  }
}
