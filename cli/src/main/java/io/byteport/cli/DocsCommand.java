package io.byteport.cli;

import io.byteport.cli.gallery.GalleryMarkdown;
import io.byteport.cli.gallery.GallerySite;
import io.byteport.cli.gallery.Sheet;
import io.byteport.cli.gallery.SheetReader;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what people read of runbooks. */
@Command(
    name = "docs",
    description = {
      "Write the gallery of runbooks: a page of HTML, Markdown and JSON.",
      "index.html needs nothing beside it; README.md leads to a page for each runbook;"
          + " runbooks.json is for programs."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  byteport docs site", "  byteport docs site my.yaml my_runbook"})
final class DocsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "FOLDER", description = "Where to write; made if missing.")
  private Path folder = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "RUNBOOK",
      description = "Ids of runbooks, or files. Default: all that come with BytePort.")
  private List<String> runbooks = List.of();

  @Option(
      names = "--only",
      paramLabel = "FORM",
      description = "Only one of: ${COMPLETION-CANDIDATES}.")
  private @Nullable Form only;

  /** What can be written. */
  enum Form {
    html,
    markdown,
    json
  }

  @Override
  public Integer call() throws IOException {
    Language language = Language.load();
    List<Sheet> sheets = new ArrayList<>();
    List<SourceFile> library = Library.tests();
    for (CheckedRunbook each : language.wanted(runbooks)) {
      sheets.add(SheetReader.of(each, CaseNames.of(each, library)));
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException(folder + " is a file; name the folder to write to");
    }
    Files.createDirectories(folder);
    if (wants(Form.html)) {
      Files.writeString(folder.resolve("index.html"), GallerySite.of(sheets));
    }
    if (wants(Form.markdown)) {
      for (Map.Entry<String, String> page : GalleryMarkdown.pages(sheets).entrySet()) {
        Files.writeString(folder.resolve(page.getKey()), page.getValue());
      }
    }
    if (wants(Form.json)) {
      Files.writeString(folder.resolve("runbooks.json"), Json.text(sheets) + "\n");
    }
    Terminal terminal = common.terminal();
    if (common.output() == Output.json) {
      Json.write(terminal.out(), Map.of("folder", folder.toString(), "runbooks", sheets.size()));
    } else {
      terminal.out().println(sheets.size() + " runbooks described in " + folder);
      terminal.out().flush();
    }
    return ExitStatus.OK;
  }

  private boolean wants(Form form) {
    return only == null || only == form;
  }
}
