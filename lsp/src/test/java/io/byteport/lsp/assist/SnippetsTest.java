package io.byteport.lsp.assist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnippetsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          any($0) ~ any()
          title: $0 ~ `title: `
          \\${$0} ~ ${}
          ignore: ${1:CODE} ${2:reason} ~ ignore: CODE reason
          plain ~ plain
          """)
  void a_client_that_fills_in_nothing_gets_plain_text(String snippet, String plain) {
    assertThat(Snippets.plain(snippet)).isEqualTo(plain);
    assertThat(Snippets.plain(snippet + "\nwith:")).isEqualTo(plain);
  }
}
