package io.byteport.dsl.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "*.yaml, a.yaml, true",
        "*.yaml, x/y/a.yaml, true",
        "/*.yaml, x/a.yaml, false",
        "x/*.yaml, x/a.yaml, true",
        "x/*.yaml, x/y/a.yaml, false",
        "x/*.yaml, z/x/a.yaml, false",
        "x/**/a.yaml, x/a.yaml, true",
        "x/**/a.yaml, x/y/z/a.yaml, true",
        "**/x/a.yaml, z/x/a.yaml, true",
        "x/**, x/y/z, true",
        "x/**, x, false",
        "x**z, xyz, true",
        "x**/z, xy/z, true",
        "x**/z, x/y/z, false",
        "a?c, abc, true",
        "a?c, a/c, false",
        "a[b-d]c, acc, true",
        "a[!b-d]c, acc, false",
        "a[^b]c, a/c, false",
        "a[+-9]c, a/c, false",
        "a[]]c, a]c, true",
        "a[[:digit:]x]c, a7c, true",
        "a\\*c, a*c, true",
        "a\\*c, abc, false",
        "(a|b).yaml, (a|b).yaml, true",
        "a.yaml, abyaml, false",
        "a[b, a[b, false",
        "a\\, a, false",
        "é?, éé, true"
      })
  void a_pattern_matches_as_git_says(String pattern, String path, boolean matches) {
    assertThat(PathPattern.parse(pattern).orElseThrow().matches(path, false)).isEqualTo(matches);
  }

  @Test
  void blank_lines_and_comments_are_no_patterns_and_trailing_spaces_do_not_count() {
    PathPatterns patterns = PathPatterns.of("\uFEFFa  \r\n\n# b\n\\#c\n\\!d\ne\\ \n   \n/\n");
    assertThat(patterns.patterns()).hasSize(4);
    assertThat(patterns.excludes("a")).isTrue();
    assertThat(patterns.excludes("#c")).isTrue();
    assertThat(patterns.excludes("!d")).isTrue();
    assertThat(patterns.excludes("e ")).isTrue();
    assertThat(patterns.excludes("e")).isFalse();
  }

  @Test
  void the_last_pattern_that_matches_decides_but_nothing_comes_back_out_of_an_excluded_folder() {
    PathPatterns patterns = PathPatterns.of("*.yaml\n!keep.yaml\ndrafts/\n!drafts/keep.yaml\n");
    assertThat(patterns.excludes("a.yaml")).isTrue();
    assertThat(patterns.excludes("x/keep.yaml")).isFalse();
    assertThat(patterns.excludes("drafts/keep.yaml")).isTrue();
    assertThat(patterns.excludes("drafts")).isFalse();
  }

  @Test
  void a_pattern_full_of_stars_takes_no_longer_than_others() {
    PathPattern stars = PathPattern.parse("a*".repeat(40) + "b").orElseThrow();
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(stars.matches("a".repeat(2000), false)).isFalse());
  }
}
