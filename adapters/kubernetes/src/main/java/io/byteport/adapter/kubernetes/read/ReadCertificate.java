package io.byteport.adapter.kubernetes.read;

import io.byteport.adapter.kubernetes.api.Clusters;
import io.byteport.adapter.kubernetes.api.Deadline;
import io.byteport.adapter.kubernetes.api.Kubectl;
import io.byteport.adapter.kubernetes.api.Names;
import io.byteport.adapter.kubernetes.api.Resource;
import io.byteport.adapter.kubernetes.api.Selection;
import io.byteport.adapter.kubernetes.mapping.CertificateMapper;
import io.byteport.adapter.kubernetes.model.Certificate;
import io.byteport.adapter.kubernetes.model.Cluster;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubectl.certificate}: a cert-manager Certificate by name, or by the domain that it is for.
 * A cluster without cert-manager has none.
 */
public record ReadCertificate(Clusters clusters)
    implements Action.Read<ReadCertificate.Input, Certificate> {

  /**
   * What {@code kubectl.certificate} takes.
   *
   * @param namespace null for all that are in reach
   */
  public record Input(
      @Nullable String namespace,
      @Nullable String name,
      @Nullable String domain,
      @Nullable Cluster cluster) {
    public Input {
      if (name == null && domain == null) {
        throw new IllegalArgumentException("neither a name nor a domain is given");
      }
    }
  }

  @Override
  public String name() {
    return "kubectl.certificate";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Certificate> outputType() {
    return Certificate.class;
  }

  @Override
  public List<String> command(Input input) {
    Kubectl command = Kubectl.on(clusters, null, input.cluster()).add("get");
    return input.name() != null && input.namespace() != null
        ? command.object("certificate", input.name()).in(input.namespace()).json()
        : command.add("certificates").inOrAll(input.namespace()).json();
  }

  @Override
  public @Nullable Certificate read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    Deadline deadline = Deadline.in(context.timeout());
    Clusters.Chosen cluster = clusters.choose(null, input.cluster());
    if (input.name() != null) {
      Names.checkName(input.name());
    }
    List<GenericKubernetesResource> found = new ArrayList<>();
    try {
      cluster
          .api()
          .<GenericKubernetesResource, GenericKubernetesResourceList>each(
              Resource.CERTIFICATES,
              input.namespace(),
              Selection.ALL,
              GenericKubernetesResourceList.class,
              deadline,
              one -> {
                if (rank(one, input) > 0) {
                  found.add(one);
                }
              });
    } catch (ActionException e) {
      if (e.kind() == FailureKind.NOT_FOUND) {
        return null;
      }
      throw e;
    }
    return found.stream()
        .min(
            Comparator.<GenericKubernetesResource>comparingInt(one -> -rank(one, input))
                .thenComparing(one -> one.getMetadata().getNamespace())
                .thenComparing(one -> one.getMetadata().getName()))
        .map(one -> CertificateMapper.map(one, cluster.as()))
        .orElse(null);
  }

  /** 0 where it is not meant; else the higher the better. */
  private static int rank(GenericKubernetesResource one, Input input) {
    if (input.name() != null && !input.name().equals(one.getMetadata().getName())) {
      return 0;
    }
    return input.domain() == null ? 1 : CertificateMapper.covers(one, input.domain());
  }
}
