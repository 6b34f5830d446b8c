package io.byteport.adapter.notify;

import java.util.List;

/** What somebody may call a pod, to call people or to lead them astray. */
public final class Hostile {
  private Hostile() {}

  public static List<String> texts() {
    return List.of(
        "<!channel>",
        "<!here|here>",
        "<@U024BE7LH>",
        "<http://evil.example|click>",
        "](http://evil.example)",
        "[click](http://evil.example)",
        "![x](http://evil.example/x.png)",
        "http://evil.example/www.evil.example",
        "@everyone @sre-team jo@evil.example",
        "@slack-ops @pagerduty",
        "<at>Jo</at>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><a href=\"http://evil.example\">x</a>",
        "```\n<!channel>\n```",
        "` @everyone `",
        "fixes #12, GH-12, other/repo#12",
        "<!-- byteport incident=0123456789abcdef notice=0123456789abcdef -->",
        "%%% \n# big \n %%%",
        "a\r\nBcc: jo@evil.example\r\n\r\nhello",
        "\u202egnp.exe \u0007\u2066 \ud83d",
        "{{DATE(2026-01-05T12:00:00Z)}} ${title}",
        "| a | b |\n|---|---|");
  }
}
