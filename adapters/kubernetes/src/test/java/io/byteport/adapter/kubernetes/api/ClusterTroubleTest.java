package io.byteport.adapter.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.spi.Inventory.Entry;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ClusterTroubleTest {
  private static final ClusterTrouble PROD =
      ClusterTrouble.of(
          Entry.of("cluster", "prod", Map.of("context", "prod")), "https://k8s.example.com:6443/");
  private static final String WHERE = "the cluster `prod` at https://k8s.example.com:6443 ";

  @Test
  void a_cluster_whose_name_is_not_known_is_told_with_its_place_and_what_to_do() {
    assertThat(PROD.of(new IOException(new UnresolvedAddressException())))
        .isEqualTo(
            WHERE
                + "cannot be reached: the name of the host is not known; check the address in its"
                + " kubeconfig, and that this machine can resolve it");
  }

  @Test
  void each_way_of_not_being_reached_has_its_own_advice() {
    assertThat(PROD.of(new ConnectException()))
        .isEqualTo(
            WHERE
                + "cannot be reached: connection refused; check that its API runs there, and the"
                + " port in its kubeconfig");
    assertThat(PROD.of(new HttpConnectTimeoutException("HTTP connect timed out")))
        .isEqualTo(
            WHERE
                + "cannot be reached: HTTP connect timed out; check what stands between this"
                + " machine and it");
    assertThat(PROD.of(new SSLHandshakeException("unable to find valid certification path")))
        .endsWith("certification path; check `certificate-authority` in its kubeconfig");
    assertThat(PROD.of(new IOException("half an answer")))
        .endsWith("half an answer; check its kubeconfig; it is tried again by itself");
  }

  @Test
  void a_cluster_that_nobody_named_is_called_what_it_is() {
    ClusterTrouble unnamed =
        ClusterTrouble.of(
            Entry.of("cluster", "default", Map.of()), "https://kubernetes.default.svc");

    assertThat(unnamed.of(new UnresolvedAddressException()))
        .startsWith(
            "the cluster that kubectl would use, https://kubernetes.default.svc, cannot be reached")
        .contains("say under `connections` which cluster is meant");
  }

  @Test
  void who_is_not_known_and_what_is_not_allowed_are_told_apart_in_the_servers_words() {
    assertThat(PROD.answered(401, null))
        .isEqualTo(
            WHERE
                + "does not know who asks (401); check the credentials in its kubeconfig, or the"
                + " service account of the pod");
    assertThat(
            PROD.of(
                new KubernetesClientException(
                    "Failure executing",
                    403,
                    new StatusBuilder().withMessage("pods is forbidden").build())))
        .isEqualTo(
            WHERE
                + "does not allow it (403): pods is forbidden; `byteport rbac` prints the rights"
                + " that runbooks need");
    assertThat(PROD.answered(500, null)).isEqualTo(WHERE + "answered 500");
  }
}
