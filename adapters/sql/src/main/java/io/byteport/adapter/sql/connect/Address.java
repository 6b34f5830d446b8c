package io.byteport.adapter.sql.connect;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory.Entry;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens: {@code host}, {@code host:port} or {@code host:port/dbname}, an IPv6
 * address in brackets.
 *
 * @param host without brackets
 * @param dbname null where the entry names none
 */
public record Address(String host, int port, @Nullable String dbname) {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:\\[([0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?)]|([^\\s:/\\[\\]@]+))(?::(\\d{1,5}))?(?:/(.*))?");

  /**
   * The address of an entry; its setting {@code dbname} stands where the address names no database.
   *
   * @throws ActionException if the entry has none, or it cannot be read
   */
  static Address of(Entry entry, int preset) throws ActionException {
    String written =
        entry
            .text("address")
            .orElseThrow(
                () ->
                    ActionException.refused(
                        FailureKind.INVALID, "`" + entry.name() + "` has no address"));
    Matcher matcher = WRITTEN.matcher(written);
    String port = matcher.matches() ? matcher.group(3) : "0";
    int number = port == null ? preset : Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "expected the address of `"
              + entry.name()
              + "` as host:port/dbname, found `"
              + written
              + "`");
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    Optional<String> dbname =
        Optional.ofNullable(matcher.group(4))
            .filter(name -> !name.isEmpty())
            .or(() -> entry.text("dbname"));
    return new Address(host, number, dbname.orElse(null));
  }

  /** Host and port, an IPv6 address in brackets. */
  public String server() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  @Override
  public String toString() {
    return server() + (dbname == null ? "" : "/" + dbname);
  }
}
