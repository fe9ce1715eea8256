package io.tuodui.gateway;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the platform's words mean where it gives no code: business errors come with HTTP 200 and a
 * sentence (protocol section 4.1).
 */
final class BusinessWords {

  private record Rule(Pattern words, ReplyClass replyClass) {}

  /**
   * In order: the first that matches holds. A lost item comes last and needs a noun for the item
   * ("token 不存在" must not mark an item as gone for ever). 没有权限查询该商品 is the relation of one account
   * to one seller, so another account may succeed: hence {@code FORBIDDEN}, not {@code GONE} or
   * {@code INVALID}. It never comes with {@code gw.APIACLDecline}, the code of an account that may
   * not call the API at all.
   */
  private static final List<Rule> RULES =
      List.of(
          rule("没有权限|无权限|无权|no permission|not allowed", ReplyClass.FORBIDDEN),
          rule("token|need user auth|未授权|授权.{0,4}(过期|失效)", ReplyClass.AUTH),
          rule("no usage left|(配额|次数|余量).{0,4}(用完|用尽|不足)", ReplyClass.QUOTA),
          rule(
              "limited frequency|frequency limit|too many requests|频率|频繁|限流|流控",
              ReplyClass.THROTTLED),
          rule("app ?key|签名|signature", ReplyClass.MISCONFIGURED),
          rule(
              "(系统|服务).{0,4}(繁忙|异常|错误)|超时|稍后|time.?out|system (error|busy)|(接口|方法|服务)不存在",
              ReplyClass.UPSTREAM),
          rule("参数|required argument|invalid (param|argument)", ReplyClass.INVALID),
          rule("下架", ReplyClass.GONE),
          rule(
              "(商品|宝贝|产品|货品|信息|offer|product|item).{0,40}"
                  + "(不存在|已删除|not exist|not found|deleted)",
              ReplyClass.GONE),
          rule("^\\s*不存在\\s*$", ReplyClass.GONE));

  private BusinessWords() {}

  /** The class of the message, or {@code null} when no rule knows it. */
  static ReplyClass classOf(String message) {
    if (message == null) {
      return null;
    }
    for (Rule rule : RULES) {
      if (rule.words().matcher(message).find()) {
        return rule.replyClass();
      }
    }
    return null;
  }

  private static Rule rule(String words, ReplyClass replyClass) {
    return new Rule(Pattern.compile(words, CASE_INSENSITIVE), replyClass);
  }
}
