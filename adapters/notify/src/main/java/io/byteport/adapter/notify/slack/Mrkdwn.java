package io.byteport.adapter.notify.slack;

import io.byteport.adapter.notify.Plain;
import io.byteport.adapter.notify.Telling.Link;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Slack's markup. Whatever calls somebody or leads somewhere begins with {@code <} in it, so text
 * without that is harmless where Slack is told not to look for more ({@code verbatim}). Pure.
 */
final class Mrkdwn {
  private Mrkdwn() {}

  static String text(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** In a fence, which nothing in it can close. */
  static String code(String text) {
    return "```\n" + inFence(text) + "\n```";
  }

  static String inFence(String text) {
    return text(text).replace("```", "`" + Plain.BREAK + "`" + Plain.BREAK + "`");
  }

  static String inline(String text) {
    return "`" + text(text).replace('`', '\'') + "`";
  }

  /** A link where it is an address, else the command. */
  static String link(Link link) {
    return link(link, link.name());
  }

  static String link(Link link, String label) {
    Optional<URI> address = link.address();
    return address.isPresent()
        ? "<" + target(address.get()) + "|" + text(label).replace("|", "¦") + ">"
        : text(label) + ": " + inline(link.text());
  }

  private static String target(URI uri) {
    return uri.toString().replace("|", "%7C").replace("<", "%3C").replace(">", "%3E");
  }

  /**
   * Who is called, as the configuration writes it: {@code @here}, a member or a group by its id
   * ({@code U024BE7LH}, {@code S0614TZR7}), Slack's own form in angle brackets, or {@code @name}.
   */
  static String mention(String mention) {
    String name = mention.startsWith("@") ? mention.substring(1) : mention;
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("here") || lower.equals("channel") || lower.equals("everyone")) {
      return "<!" + lower + ">";
    }
    if (name.matches("[UW][A-Z0-9]{6,20}")) {
      return "<@" + name + ">";
    }
    if (name.matches("S[A-Z0-9]{6,20}")) {
      return "<!subteam^" + name + ">";
    }
    if (mention.matches("<[@!][A-Za-z0-9^|@._-]+>")) {
      return mention;
    }
    return "@" + text(name);
  }

  /** Whether Slack has to look up a name to find who is meant. */
  static boolean isByName(String mention) {
    return mention(mention).startsWith("@");
  }
}
