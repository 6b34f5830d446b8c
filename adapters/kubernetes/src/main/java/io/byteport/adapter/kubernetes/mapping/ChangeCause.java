package io.byteport.adapter.kubernetes.mapping;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the annotation kubernetes.io/change-cause tells of a deploy: people and pipelines put hashes
 * and links there.
 */
record ChangeCause(@Nullable String commit, @Nullable String commitUrl, @Nullable String ciUrl) {
  private static final int LONGEST = 4_000;
  private static final Pattern URL = Pattern.compile("https?://[^\\s\"'<>()]{1,2000}");
  private static final Pattern COMMIT_IN_URL = Pattern.compile("/commits?/([0-9a-f]{7,40})");
  private static final Pattern COMMIT =
      Pattern.compile("(?<![0-9A-Za-z/])[0-9a-f]{7,40}(?![0-9A-Za-z])");
  private static final Pattern CI =
      Pattern.compile("/(actions/runs|pipelines|builds|jobs?|workflows)/");

  static ChangeCause read(@Nullable String text) {
    if (text == null) {
      return new ChangeCause(null, null, null);
    }
    String cause = text.substring(0, Math.min(text.length(), LONGEST));
    @Nullable String commit = null;
    @Nullable String commitUrl = null;
    @Nullable String ciUrl = null;
    Matcher urls = URL.matcher(cause);
    while (urls.find()) {
      Matcher inUrl = COMMIT_IN_URL.matcher(urls.group());
      if (commitUrl == null && inUrl.find()) {
        commitUrl = urls.group();
        commit = inUrl.group(1);
      } else if (ciUrl == null && CI.matcher(urls.group()).find()) {
        ciUrl = urls.group();
      }
    }
    return new ChangeCause(commit == null ? bare(cause) : commit, commitUrl, ciUrl);
  }

  /**
   * The first word that looks like a hash: a number alone, or a word of letters alone, is none
   * unless it is 40 long.
   */
  private static @Nullable String bare(String cause) {
    Matcher words = COMMIT.matcher(URL.matcher(cause).replaceAll(" "));
    while (words.find()) {
      String word = words.group();
      boolean mixed =
          word.chars().anyMatch(Character::isDigit) && word.chars().anyMatch(Character::isLetter);
      if (mixed || word.length() == 40) {
        return word;
      }
    }
    return null;
  }
}
