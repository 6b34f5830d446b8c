package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.compute.NodePool;
import io.byteport.adapter.cloud.compute.Provider;
import io.byteport.adapter.cloud.http.Call.What;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Shape;
import io.byteport.adapter.cloud.model.Resources;
import io.byteport.dsl.value.DataSize;
import io.byteport.engine.spi.ActionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Auto Scaling groups of an account as node groups. */
record AutoScalingGroups(AwsAccount aws) {
  private static final int MOST_PAGES = 20;
  private static final Shape CLUSTER =
      Shape.of("the name of a cluster", "[A-Za-z0-9][A-Za-z0-9_.-]{0,99}", "prod");
  private static final Shape NAME =
      Shape.of("the name of an Auto Scaling group", "[\\x20-\\x39\\x3B-\\x7E]{1,255}", "workers");
  private static final Shape TEMPLATE =
      Shape.of("the id of a launch template", "lt-[0-9a-f]{8,17}", "lt-0123456789abcdef0");

  /** The groups with the tag of a cluster; one whose kind of machine is not known is left out. */
  List<NodePool> of(String cluster, Deadline deadline)
      throws ActionException, InterruptedException {
    CLUSTER.check(cluster);
    List<String> regions = aws.regions().isEmpty() ? List.of(aws.region(null)) : aws.regions();
    List<NodePool> pools = new ArrayList<>();
    for (String region : regions) {
      Form filter =
          AwsPlatform.form("Filters.member.1.Name", "tag-key")
              .withAll(
                  "Filters.member.1.Values.member",
                  List.of("kubernetes.io/cluster/" + cluster, "k8s.io/cluster/" + cluster));
      for (Xml group : pages(aws.region(region), filter, deadline)) {
        pool(group, region, deadline).ifPresent(pools::add);
      }
    }
    return pools;
  }

  Optional<NodePool> named(String name, @Nullable String region, Deadline deadline)
      throws ActionException, InterruptedException {
    Optional<Xml> group = group(name, region, deadline);
    return group.isEmpty() ? Optional.empty() : pool(group.get(), aws.region(region), deadline);
  }

  long inService(String name, @Nullable String region, Deadline deadline)
      throws ActionException, InterruptedException {
    Optional<Xml> group = group(name, region, deadline);
    return group.stream()
        .flatMap(one -> one.list("Instances").stream())
        .filter(one -> "InService".equals(one.text("LifecycleState")))
        .filter(one -> "Healthy".equals(one.text("HealthStatus")))
        .count();
  }

  private Optional<Xml> group(String name, @Nullable String region, Deadline deadline)
      throws ActionException, InterruptedException {
    Form form = AwsPlatform.form("AutoScalingGroupNames.member.1", NAME.check(name));
    return pages(aws.region(region), form, deadline).stream()
        .filter(group -> name.equals(group.text("AutoScalingGroupName")))
        .findFirst();
  }

  private List<Xml> pages(String region, Form form, Deadline deadline)
      throws ActionException, InterruptedException {
    List<Xml> groups = new ArrayList<>();
    String next = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      Xml answer =
          aws.autoScaling(
              region,
              "DescribeAutoScalingGroups",
              What.READ,
              form.with("NextToken", next),
              deadline);
      groups.addAll(answer.list("AutoScalingGroups"));
      next = answer.text("NextToken");
      if (next == null) {
        break;
      }
    }
    return groups;
  }

  private Optional<NodePool> pool(Xml group, String region, Deadline deadline)
      throws ActionException, InterruptedException {
    Optional<Resources> machine = machine(group, region, deadline);
    if (machine.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NodePool(
            group.needed("AutoScalingGroupName"),
            group.whole("DesiredCapacity"),
            group.whole("MaxSize"),
            machine.get(),
            group.whole("MinSize"),
            Provider.AWS,
            aws.name(),
            region));
  }

  /** What one machine of a group has: of a running one, else of what the group would start. */
  private Optional<Resources> machine(Xml group, String region, Deadline deadline)
      throws ActionException, InterruptedException {
    Xml mixed = group.at("MixedInstancesPolicy", "LaunchTemplate");
    String type = group.text("Instances", "member", "InstanceType");
    if (type == null) {
      type = mixed.text("Overrides", "member", "InstanceType");
    }
    if (type == null) {
      Xml template =
          group.text("LaunchTemplate", "LaunchTemplateId") == null
              ? mixed.at("LaunchTemplateSpecification")
              : group.at("LaunchTemplate");
      type = templated(template, region, deadline);
    }
    return type == null ? Optional.empty() : Optional.of(resources(type, region, deadline));
  }

  private @Nullable String templated(Xml template, String region, Deadline deadline)
      throws ActionException, InterruptedException {
    String id = template.text("LaunchTemplateId");
    if (id == null) {
      return null;
    }
    String version = template.text("Version");
    Form form =
        AwsPlatform.form("LaunchTemplateId", TEMPLATE.check(id))
            .with("LaunchTemplateVersion.1", version == null ? "$Default" : version);
    return aws.ec2(region, "DescribeLaunchTemplateVersions", What.READ, form, deadline)
        .text("launchTemplateVersionSet", "item", "launchTemplateData", "instanceType");
  }

  private Resources resources(String type, String region, Deadline deadline)
      throws ActionException, InterruptedException {
    Xml found =
        aws.ec2(
                region,
                "DescribeInstanceTypes",
                What.READ,
                AwsPlatform.form("InstanceType.1", type),
                deadline)
            .at("instanceTypeSet", "item");
    return new Resources(
        found.whole("vCpuInfo", "defaultVCpus"),
        new DataSize(found.whole("memoryInfo", "sizeInMiB") << 20));
  }
}
