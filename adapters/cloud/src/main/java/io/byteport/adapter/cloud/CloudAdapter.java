package io.byteport.adapter.cloud;

import io.byteport.adapter.cloud.aws.AwsAccount;
import io.byteport.adapter.cloud.aws.AwsAccounts;
import io.byteport.adapter.cloud.aws.AwsPlatform;
import io.byteport.adapter.cloud.aws.ListAlarms;
import io.byteport.adapter.cloud.aws.ReadCertificate;
import io.byteport.adapter.cloud.aws.ReadMetric;
import io.byteport.adapter.cloud.aws.RefreshNodePool;
import io.byteport.adapter.cloud.aws.RenewCertificate;
import io.byteport.adapter.cloud.aws.RequestCertificate;
import io.byteport.adapter.cloud.azure.AzureAccount;
import io.byteport.adapter.cloud.azure.AzurePlatform;
import io.byteport.adapter.cloud.compute.GrowVolume;
import io.byteport.adapter.cloud.compute.ListNodePools;
import io.byteport.adapter.cloud.compute.Platform;
import io.byteport.adapter.cloud.compute.Platforms;
import io.byteport.adapter.cloud.compute.ReadVolume;
import io.byteport.adapter.cloud.compute.ReplaceNode;
import io.byteport.adapter.cloud.compute.ResizeNodePool;
import io.byteport.adapter.cloud.gcp.GcpAccount;
import io.byteport.adapter.cloud.gcp.GcpPlatform;
import io.byteport.adapter.cloud.github.DispatchWorkflow;
import io.byteport.adapter.cloud.github.GitHubAccount;
import io.byteport.adapter.cloud.github.ListJobs;
import io.byteport.adapter.cloud.github.ListRuns;
import io.byteport.adapter.cloud.github.OpenIssue;
import io.byteport.adapter.cloud.github.ProposeEdit;
import io.byteport.adapter.cloud.github.ProposeManifest;
import io.byteport.adapter.cloud.github.ReadLogs;
import io.byteport.adapter.cloud.github.ReadRun;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.Machine;
import io.byteport.adapter.cloud.post.PostJson;
import io.byteport.adapter.cloud.render.DeployCommit;
import io.byteport.adapter.cloud.render.ListDeploys;
import io.byteport.adapter.cloud.render.ReadMemory;
import io.byteport.adapter.cloud.render.RenderService;
import io.byteport.adapter.cloud.render.Restart;
import io.byteport.adapter.cloud.sentry.ReadEventRate;
import io.byteport.adapter.cloud.sentry.ReadIssue;
import io.byteport.adapter.cloud.sentry.ReadLatestEvent;
import io.byteport.adapter.cloud.sentry.SentryOrganization;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.Adapter;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.WatchSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The families {@code cloud}, {@code render}, {@code sentry}, {@code github} and {@code http}, over
 * entries of the inventory of the kinds {@code aws}, {@code gcp}, {@code azure}, {@code render},
 * {@code sentry}, {@code github} and {@code http}. Nothing is connected to, and no credential is
 * read, before it is needed. Safe for several threads.
 */
public final class CloudAdapter implements Adapter {
  private final Transport transport;
  private final List<Action<?, ?>> actions;

  /**
   * @param transport closed with the adapter
   */
  public CloudAdapter(Inventory inventory, Machine machine, Transport transport) {
    this.transport = transport;
    AwsAccounts aws =
        new AwsAccounts(
            inventory.of("aws").stream()
                .map(entry -> new AwsAccount(entry, machine, transport))
                .toList());
    Platforms platforms = new Platforms(inventory, platforms(inventory, machine, aws, transport));
    RenderService render = new RenderService(inventory, transport);
    SentryOrganization sentry = new SentryOrganization(inventory, transport);
    GitHubAccount github = new GitHubAccount(inventory, transport);
    actions =
        List.of(
            new ReadVolume(platforms),
            new GrowVolume(platforms),
            new ListNodePools(platforms),
            new ResizeNodePool(platforms),
            new RefreshNodePool(aws),
            new ReplaceNode(platforms),
            new ReadCertificate(aws),
            new RenewCertificate(aws),
            new RequestCertificate(aws),
            new ListAlarms(aws),
            new ReadMetric(aws),
            new ReadMemory(render),
            new io.byteport.adapter.cloud.render.ReadLastDeploy(render),
            new ListDeploys(render),
            new DeployCommit(render),
            new Restart(render),
            new ReadIssue(sentry),
            new ReadLatestEvent(sentry),
            new ReadEventRate(sentry),
            new io.byteport.adapter.cloud.sentry.ReadLastDeploy(sentry),
            new ReadRun(github),
            new ListRuns(github),
            new ListJobs(github),
            new ReadLogs(github),
            new DispatchWorkflow(github),
            new OpenIssue(github),
            new ProposeManifest(github),
            new ProposeEdit(github),
            new PostJson(inventory, transport));
  }

  private static List<Platform> platforms(
      Inventory inventory, Machine machine, AwsAccounts aws, Transport transport) {
    List<Platform> platforms = new ArrayList<>();
    aws.all().forEach(account -> platforms.add(new AwsPlatform(account)));
    inventory
        .of("gcp")
        .forEach(
            entry -> platforms.add(new GcpPlatform(new GcpAccount(entry, machine, transport))));
    inventory
        .of("azure")
        .forEach(
            entry -> platforms.add(new AzurePlatform(new AzureAccount(entry, machine, transport))));
    return platforms;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return actions;
  }

  @Override
  public List<WatchSource> watches() {
    return List.of();
  }

  @Override
  public void close() {
    transport.close();
  }
}
