package io.byteport.cli;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.test.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plays files of tests, several at a time. What comes of it does not depend on how many: it is told
 * in the order of the files.
 */
final class TestPlay {
  private final TestBench bench;
  private final boolean failFast;

  /**
   * @param failFast whether nothing more is played after the first case that fails or file that is
   *     broken; files are then played one after the other
   */
  TestPlay(TestBench bench, boolean failFast) {
    this.bench = bench;
    this.failFast = failFast;
  }

  /**
   * @param selected the cases of each test that are to be played
   */
  List<TestedFile> play(List<LoadedTest> tests, List<List<TestCase>> selected)
      throws InterruptedException {
    int threads = failFast ? 1 : Math.min(tests.size(), Runtime.getRuntime().availableProcessors());
    if (threads <= 1) {
      return inOrder(tests, selected);
    }
    List<Callable<TestedFile>> files = new ArrayList<>();
    for (int i = 0; i < tests.size(); i++) {
      LoadedTest test = tests.get(i);
      List<TestCase> cases = selected.get(i);
      files.add(() -> play(test, cases, false));
    }
    List<TestedFile> tested = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (Future<TestedFile> one : pool.invokeAll(files)) {
        tested.add(one.get());
      }
    } catch (ExecutionException defect) {
      throw new IllegalStateException(defect.getCause());
    }
    return tested;
  }

  private List<TestedFile> inOrder(List<LoadedTest> tests, List<List<TestCase>> selected) {
    List<TestedFile> tested = new ArrayList<>();
    boolean over = false;
    for (int i = 0; i < tests.size(); i++) {
      TestedFile one = play(tests.get(i), selected.get(i), over);
      over |= failFast && !one.holds();
      tested.add(one);
    }
    return tested;
  }

  private TestedFile play(LoadedTest test, List<TestCase> cases, boolean alreadyOver) {
    List<TestedCase> tested = new ArrayList<>();
    CheckedRunbook runbook = test.runbook();
    boolean over = alreadyOver;
    for (TestCase one : cases) {
      String skip = one.skip();
      if (skip != null) {
        tested.add(TestedCase.skipped(one, skip));
      } else if (over || runbook == null) {
        tested.add(TestedCase.skipped(one, "not played any more"));
      } else {
        TestedCase played = bench.play(runbook, one);
        tested.add(played);
        over |= failFast && played.failed();
      }
    }
    return new TestedFile(test.file(), test.name(), runbook, test.findings(), tested);
  }
}
