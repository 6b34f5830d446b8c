package io.byteport.cli;

import io.byteport.cli.Terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows Markdown on a terminal, as far as our pages use it: headings, paragraphs, lists, tables,
 * fenced code and code in a line. Paragraphs are wrapped, code is kept as it is, links stay as
 * written.
 */
final class Markdown {
  private static final Pattern HEADING = Pattern.compile("#+ (.*)");
  private static final Pattern ITEM = Pattern.compile("(\\s*(?:[-*]|[0-9]+\\.) )(.*)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final String FENCE = "```";
  private static final String INDENT = "    ";

  private final Terminal terminal;
  private final int width;
  private final StringBuilder out = new StringBuilder();
  private final List<String> paragraph = new ArrayList<>();
  private String marker = "";
  private MarkdownTable table = new MarkdownTable();

  private Markdown(Terminal terminal, int width) {
    this.terminal = terminal;
    this.width = width;
  }

  /** The text for the terminal; every line ends with a line feed. */
  static String show(String markdown, Terminal terminal, int width) {
    Markdown page = new Markdown(terminal, width);
    boolean code = false;
    for (String line : markdown.lines().toList()) {
      if (!code && MarkdownTable.isRow(line)) {
        page.table.add(line);
        continue;
      }
      page.endTable();
      if (line.startsWith(FENCE)) {
        page.endParagraph();
        code = !code;
      } else if (code) {
        page.code(line);
      } else {
        page.prose(line);
      }
    }
    page.endTable();
    page.endParagraph();
    return page.out.toString();
  }

  private void endTable() {
    out.append(table.show(width, line -> terminal.styled(Style.FAINT, line), line -> styled(line)));
    table = new MarkdownTable();
  }

  private void code(String line) {
    out.append(line.isEmpty() ? "" : terminal.styled(Style.CYAN, INDENT + line)).append('\n');
  }

  private void prose(String line) {
    Matcher heading = HEADING.matcher(line);
    Matcher item = ITEM.matcher(line);
    if (line.isBlank()) {
      endParagraph();
      out.append('\n');
    } else if (heading.matches()) {
      endParagraph();
      out.append(terminal.styled(Style.BOLD, heading.group(1))).append('\n');
    } else if (item.matches()) {
      endParagraph();
      marker = item.group(1);
      paragraph.add(item.group(2));
    } else {
      paragraph.add(line.strip());
    }
  }

  private void endParagraph() {
    if (!paragraph.isEmpty()) {
      String wrapped =
          Wrap.at(width - marker.length(), String.join(" ", paragraph))
              .replace("\n", "\n" + " ".repeat(marker.length()));
      out.append(marker).append(styled(wrapped)).append('\n');
      paragraph.clear();
      marker = "";
    }
  }

  /** On a terminal without colours the backticks stay. */
  private String styled(String text) {
    return terminal.colour()
        ? CODE.matcher(text)
            .replaceAll(
                found -> Matcher.quoteReplacement(terminal.styled(Style.CYAN, found.group(1))))
        : text;
  }
}
