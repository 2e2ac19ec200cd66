using System.Collections.Frozen;

namespace Hotline.Text;

/// <summary>Traditional characters that occur in what the line listens for, and the simplified ones they are looked up by.</summary>
internal static class Traditional
{
    private const string Pairs =
        "護护鎖锁門门關关幫帮電电話话錢钱債债賬账欠欠騙骗賣卖買买殺杀強强姦奸槍枪園园區区詐诈媽妈爸爸婦妇兒儿孩孩綁绑架架"
        + "證证件件資资發发給给還还錄录誰谁這这裡里們们個个來来進进離离開开過过國国緬缅泰泰寨寨東东體体傷伤頭头飯饭餓饿"
        + "藥药醫医檢检舉举報报聯联繫系繋系聽听說说講讲讓让逼逼應应該该點点鐘钟時时間间後后會会無无沒没麼么樣样動动車车"
        + "邊边緊紧嗎吗選选擇择項项單单錄录啟启貳贰參叁陸陆億亿萬万兩两數数號号學学嗚呜啞哑嚇吓壞坏夠够奪夺寫写審审將将"
        + "層层屆届帶带幾几廠厂廣广張张彈弹後后從从復复態态憐怜懷怀懼惧戰战戲戏戶户拋抛掛挂揚扬損损搶抢搖摇擊击擔担據据"
        + "擾扰攔拦斷断暫暂業业極极樓楼樂乐機机權权歐欧歲岁歸归毀毁氣气決决況况淚泪準准溝沟滅灭滿满漢汉潛潜為为爭争獎奖"
        + "獨独獲获現现環环產产畫画異异當当療疗盜盗監监盡尽眾众礙碍禮礼種种稱称積积穩稳窮穷節节範范簡简簽签籠笼糧粮約约"
        + "紅红級级紙纸細细終终組组結结絕绝統统絲丝經经維维網网緩缓線线練练縣县績绩織织罰罚習习職职聲声膽胆臉脸臨临興兴"
        + "舊旧艙舱莊庄萊莱著着處处虛虚蘇苏術术衛卫補补裝装製制見见規规視视親亲覺觉觀观計计討讨訊讯託托記记訪访設设許许"
        + "訴诉訂订評评試试詢询誘诱語语誤误請请論论謊谎謝谢識识警警譯译議议變变讚赞貓猫負负財财貨货貪贪貴贵費费賠赔賭赌贖赎"
        + "趕赶跡迹轉转軟软輕轻輸输辦办農农運运達达違违遠远適适遺遗遲迟邀邀郵邮醜丑釋释針针釣钓鈔钞鉤钩銀银銬铐錯错鍋锅"
        + "長长閃闪閉闭問问陰阴隊队階阶隨随險险隱隐難难雙双雜杂雞鸡離离靈灵靜静頂顶項项順顺預预領领題题願愿類类風风飛飞"
        + "馬马駕驾騎骑驚惊魚鱼鳥鸟麗丽麥麦黃黄龍龙齒齿龜龟拘拘禁禁懷怀孕孕嬰婴";

    private static readonly FrozenDictionary<char, char> Map = Build();

    public static char Simplify(char c) => Map.TryGetValue(c, out var simple) ? simple : c;

    private static FrozenDictionary<char, char> Build()
    {
        var map = new Dictionary<char, char>();
        for (var i = 0; i + 1 < Pairs.Length; i += 2)
        {
            if (Pairs[i] != Pairs[i + 1])
            {
                map[Pairs[i]] = Pairs[i + 1];
            }
        }

        return map.ToFrozenDictionary();
    }
}
