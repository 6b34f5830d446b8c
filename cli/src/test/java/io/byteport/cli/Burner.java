package io.byteport.cli;

/** A program that keeps as many processors busy as it is told, until somebody ends it. */
final class Burner {
  private Burner() {}

  public static void main(String[] args) throws InterruptedException {
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      Thread.ofPlatform().daemon().start(Burner::burn);
    }
    System.out.println("burns " + args[0]);
    Thread.currentThread().join();
  }

  private static void burn() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }
}
