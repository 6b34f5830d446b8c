package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.lsp4j.jsonrpc.messages.Tuple.Two;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureGoldenTest {
  static Stream<Path> fixtures() {
    return Carets.fixtures("signature");
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void which_signature_and_parameter_at_each_caret(Path fixture) {
    String actual = Carets.answers(fixture, SignatureGoldenTest::shown);
    assertThat(actual).isEqualTo(Carets.expected(fixture, actual));
  }

  private static String shown(Sample sample) {
    return SignatureHelpHandler.at(sample.view(), sample.offset())
        .map(SignatureGoldenTest::shown)
        .orElse("nothing");
  }

  private static String shown(SignatureHelp help) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < help.getSignatures().size(); i++) {
      SignatureInformation one = help.getSignatures().get(i);
      int active = help.getActiveParameter();
      String parameter = "none";
      if (active < one.getParameters().size()) {
        Two<Integer, Integer> span = one.getParameters().get(active).getLabel().getRight();
        parameter = one.getLabel().substring(span.getFirst(), span.getSecond());
      }
      lines
          .append(i == help.getActiveSignature() ? "* " : "  ")
          .append(one.getLabel())
          .append(" | ")
          .append(parameter)
          .append('\n');
    }
    return lines.toString();
  }
}
