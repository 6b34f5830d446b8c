package io.byteport.adapter.host.mapping;

import io.byteport.adapter.host.model.Directory;
import io.byteport.dsl.value.DataSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads {@code du -k0}. */
public final class DuMapper {
  /** A directory of which one other holds this much only contains that one. */
  private static final double MOSTLY = 0.9;

  private DuMapper() {}

  /**
   * The largest directories below one, without those that mostly consist of another one of them.
   *
   * @param entries size in KiB, a tab, path
   */
  public static List<Directory> largest(List<String> entries, String below, int top) {
    List<Directory> all = new ArrayList<>();
    for (String entry : entries) {
      int tab = entry.indexOf('\t');
      if (tab > 0 && entry.substring(0, tab).matches("\\d+")) {
        String path = entry.substring(tab + 1);
        if (!path.equals(below)) {
          all.add(
              new Directory(path, new DataSize(Long.parseLong(entry.substring(0, tab)) * 1024)));
        }
      }
    }
    all.sort(Comparator.comparing(Directory::size).reversed().thenComparing(Directory::path));
    List<Directory> largest = new ArrayList<>();
    for (Directory directory : all) {
      if (largest.size() == top) {
        break;
      }
      boolean wrapper =
          all.stream()
              .anyMatch(
                  other ->
                      other.path().startsWith(directory.path() + "/")
                          && other.size().bytes() >= directory.size().bytes() * MOSTLY);
      if (!wrapper) {
        largest.add(directory);
      }
    }
    return largest;
  }
}
