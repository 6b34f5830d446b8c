package io.byteport.adapter.cloud.github;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a repository.
 *
 * @param prefix of the paths below it; empty for the whole repository
 */
record Root(String prefix) {

  /**
   * @param folder relative to the repository; all of it where it is missing
   * @throws ActionException if it leads elsewhere
   */
  static Root of(@Nullable String folder) throws ActionException {
    String path = folder == null ? "" : folder.replaceAll("^(\\./)+|^/+|/+$", "");
    if (path.isEmpty() || path.equals(".")) {
      return new Root("");
    }
    if (List.of(path.split("/", -1)).contains("..") || path.indexOf('\0') >= 0) {
      throw ActionException.refused(
          FailureKind.INVALID, "expected a folder of the repository, found one with `..`");
    }
    return new Root(path + "/");
  }

  boolean has(String path) {
    return path.startsWith(prefix);
  }
}
