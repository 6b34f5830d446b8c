package io.byteport.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files of H2's, as {@code recorded:/path}, of which each write is remembered, so that a file can
 * be made as a process leaves it that is killed after any of them.
 */
public final class RecordedFiles extends FilePathWrapper {
  static final String SCHEME = "recorded";

  private static final List<Step> STEPS = new ArrayList<>();

  /** One write, or the cutting off of what stands behind a position. */
  private sealed interface Step {
    void redo(FileChannel file) throws IOException;
  }

  private record Written(long position, ByteBuffer bytes) implements Step {
    @Override
    public void redo(FileChannel file) throws IOException {
      ByteBuffer rest = bytes.duplicate();
      for (long at = position; rest.hasRemaining(); at += file.write(rest, at)) {
        // writes what is left
      }
    }
  }

  private record Cut(long size) implements Step {
    @Override
    public void redo(FileChannel file) throws IOException {
      file.truncate(size);
    }
  }

  /** Forgets what was recorded. */
  static void begin() {
    synchronized (STEPS) {
      STEPS.clear();
    }
  }

  static int steps() {
    synchronized (STEPS) {
      return STEPS.size();
    }
  }

  /** A file as it is after the first so many steps. */
  static void after(int count, Path file) throws IOException {
    List<Step> steps;
    synchronized (STEPS) {
      steps = List.copyOf(STEPS.subList(0, count));
    }
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (Step step : steps) {
        step.redo(channel);
      }
    }
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Recorded(getBase().open(mode));
  }

  private static final class Recorded extends FileBase {
    private final FileChannel file;

    Recorded(FileChannel file) {
      this.file = file;
    }

    private static void remember(Step step) {
      synchronized (STEPS) {
        STEPS.add(step);
      }
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      ByteBuffer copy = ByteBuffer.allocate(source.remaining());
      copy.put(source.duplicate()).flip();
      int written = file.write(source, position);
      remember(new Written(position, copy.limit(written)));
      return written;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      long position = file.position();
      int written = write(source, position);
      file.position(position + written);
      return written;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      file.truncate(size);
      remember(new Cut(size));
      return this;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return file.read(target);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return file.read(target, position);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
