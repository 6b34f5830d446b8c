package io.byteport.sim.host.system;

/** There is nothing at a path. */
public final class NoSuchFile extends Exception {
  private static final long serialVersionUID = 1L;

  NoSuchFile(String path) {
    super(path + ": No such file or directory");
  }
}
