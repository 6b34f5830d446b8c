package io.byteport.adapter.notify.mail;

import io.byteport.adapter.notify.http.ChannelSettings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who writes to whom. They come from the configuration alone.
 *
 * @param from {@code ops@example.com}, or {@code Operations <ops@example.com>}
 */
public record Addresses(String from, List<String> to) {
  private static final Pattern BARE =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
  private static final Pattern NAMED = Pattern.compile("[^<>@,;:\"\\p{Cntrl}]+<([^<>]+)>");

  /**
   * @throws IllegalArgumentException if one is no address
   */
  public Addresses {
    to = List.copyOf(to);
    bare(from);
    to.forEach(Addresses::bare);
    if (to.isEmpty()) {
      throw new IllegalArgumentException("expected somebody in `to`, found nobody");
    }
  }

  /**
   * The settings {@code from} and {@code to}.
   *
   * @throws IllegalArgumentException if they are missing or no addresses
   */
  public static Addresses of(ChannelSettings settings) {
    try {
      return new Addresses(settings.needed("from"), settings.entry().texts("to"));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "channel `" + settings.entry().name() + "`: " + wrong.getMessage(), wrong);
    }
  }

  /** The sender's: {@code example.com}. */
  public String domain() {
    String address = bare(from);
    return address.substring(address.indexOf('@') + 1);
  }

  /** Who gets a copy where somebody is called by a mail address and is not written to anyway. */
  public Optional<String> copyTo(Optional<String> mention) {
    return mention.filter(
        name ->
            BARE.matcher(name).matches() && to.stream().noneMatch(one -> bare(one).equals(name)));
  }

  /** An address without its name. */
  public static String bare(String address) {
    Matcher named = NAMED.matcher(address.strip());
    String found = named.matches() ? named.group(1).strip() : address.strip();
    if (!BARE.matcher(found).matches()) {
      throw new IllegalArgumentException(
          "expected an address such as `ops@example.com`, found `" + address + "`");
    }
    return found;
  }
}
