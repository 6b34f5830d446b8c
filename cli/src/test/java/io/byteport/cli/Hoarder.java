package io.byteport.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program that holds as many MiB as it is told, until somebody ends it. */
final class Hoarder {
  private static final int MIB = 1 << 20;

  private Hoarder() {}

  public static void main(String[] args) throws InterruptedException {
    List<byte[]> held = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      byte[] block = new byte[MIB];
      Arrays.fill(block, (byte) i);
      held.add(block);
    }
    System.out.println("holds " + held.size());
    Thread.currentThread().join();
  }
}
