package io.byteport.dsl.action;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the catalogue files on a class path: every resource {@value #INDEX} lists names of
 * resources, one a line; blank lines and lines that start with {@code #} count for nothing.
 */
public final class ClasspathCatalogue {
  /** Where jars say which catalogue files they hold. */
  public static final String INDEX = "META-INF/byteport/catalogues";

  private ClasspathCatalogue() {}

  /**
   * Reads all of them into one catalogue.
   *
   * @throws UncheckedIOException if a resource is listed and cannot be read
   */
  public static Checked<ActionCatalogue> load(ClassLoader loader) {
    return ActionCatalogueLoader.load(sources(loader));
  }

  /** The catalogue files in the order of the class path, each once. */
  public static List<SourceFile> sources(ClassLoader loader) {
    try {
      Set<String> names = new LinkedHashSet<>();
      for (URL index : Collections.list(loader.getResources(INDEX))) {
        try (InputStream in = index.openStream()) {
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .forEach(names::add);
        }
      }
      List<SourceFile> sources = new ArrayList<>();
      for (String name : names) {
        try (InputStream in = loader.getResourceAsStream(name)) {
          if (in == null) {
            throw new IOException(INDEX + " names `" + name + "`, which is not on the class path");
          }
          sources.add(new SourceFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
