package io.byteport.adapter.cloud.compute;

/** The clouds whose volumes can be grown. */
public enum VolumeProvider {
  AWS,
  GCP;

  public Provider provider() {
    return this == AWS ? Provider.AWS : Provider.GCP;
  }
}
