package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import io.byteport.dsl.test.TestCase;
import java.util.List;
import java.util.TreeSet;

/** Prints which cases there are. */
final class TestList {
  private final Terminal terminal;

  TestList(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(List<LoadedTest> tests, List<List<TestCase>> selected) {
    for (int i = 0; i < tests.size(); i++) {
      LoadedTest test = tests.get(i);
      if (!test.findings().isEmpty()) {
        terminal.out().print(Language.print(test.findings(), terminal.colour()));
      }
      for (TestCase one : selected.get(i)) {
        terminal.out().println(line(test, one));
      }
    }
    terminal.out().flush();
  }

  private String line(LoadedTest test, TestCase one) {
    StringBuilder line = new StringBuilder();
    line.append(test.file().name()).append(':').append(test.line(one)).append("  ");
    line.append(one.name());
    if (!one.tags().isEmpty()) {
      line.append("  ")
          .append(terminal.styled(Style.CYAN, String.join(" ", new TreeSet<>(one.tags()))));
    }
    if (one.focus()) {
      line.append("  ").append(terminal.styled(Style.YELLOW, "focus"));
    }
    if (one.skip() != null) {
      line.append("  ").append(terminal.styled(Style.FAINT, "skipped: " + one.skip()));
    }
    return line.toString();
  }
}
