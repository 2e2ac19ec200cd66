namespace Hotline.Tests.Triage;

/// <summary>Sentences with the level that the rules of the repository give; draft, no native speaker has seen them. The file is a table.</summary>
internal static class TriageSentences
{
    public const string All =
        """
        R0 i want to die
        R0 he is coming back please
        R0 im hiding in the toilet they have knife
        R1 they lock us in the room and dont let us go out
        R1 boss beats us every day with stick
        R1 my captain doesn't let us leave the boat since 8 months
        R2 agent kept my passport and wont give it back
        R2 they dont pay me for 3 months
        R1 must chat with strangers 17 hours and scam people
        R1 come quickly to myawaddy building 5
        R2 i am so scared here
        R1 my friend is trapped in a compound in cambodia
        R1 madam slap me and i sleep on floor
        R0 they will sell me tonight
        R1 i am 15 and my uncle makes me work in bar
        R2 job was different than promised
        R2 want to go home but no money
        R3 how much is a passport in thailand
        R3 is this job offer safe
        R3 thank you so much
        R3 i watched a movie where a man was killed
        R3 my phone is locked how to unlock
        R3 i want to quit my job to study
        R3 we beat them 3-0 at football
        R3 can i take my children with me to thailand
        R3 what salary do they pay in a factory
        R3 i keep my passport at home
        R3 where is the door to the office
        R3 do i need a visa for cambodia
        R3 good morning
        R3 beat the eggs for the cake
        R3 i love my family
        R3 555
        R3 can you tell me about work permit
        R3 my husband works in thailand
        R0 อยากตาย
        R1 นายจ้างขังพวกเราไว้ในห้อง
        R2 เถ้าแก่ยึดพาสปอร์ตของหนู
        R1 โดนตีทุกวันเลย
        R1 ออกไปไหนไม่ได้
        R2 ไม่ได้เงินเดือนมา 3 เดือนแล้ว
        R1 chuay duay thuk khang yu
        R3 ตายายสบายดี
        R3 555555
        R3 ขำจะตาย 555
        R3 งานนี้เงินเดือนเท่าไหร่
        R3 ต้องใช้เอกสารอะไรบ้าง
        R3 ขายของออนไลน์ได้ไหม
        R3 ดูหนังฆาตกรรมสนุกมาก
        R3 ตื่นตีห้าทุกวัน
        R3 ขอบคุณมากค่ะ
        R3 ทำพาสปอร์ตที่ไหน
        R3 พรุ่งนี้ไปเที่ยวทะเล
        R0 aku pengen mati aja
        R1 kami disekap di kamboja gak bisa keluar
        R2 paspor saya ditahan agen
        R1 majikan sering pukul saya
        R2 gaji 3 bulan blm dibayar
        R2 mau pulang ke indonesia
        R3 berapa gaji di malaysia
        R3 hp saya mati lampu juga mati
        R3 apakah agen ini resmi
        R3 saya mau kerja di taiwan
        R3 terima kasih banyak
        R3 jual beli motor bekas
        R3 cara membuat paspor
        R3 saya mau tanya lowongan kerja
        R3 telur dipukul lalu dikocok
        R0 သေချင်တယ်
        R0 ေသခ်င္တယ္
        R1 အလုပ်ရှင်က တံခါးပိတ်ထားတယ် ထွက်လို့မရဘူး
        R1 သူဌေးက ကျွန်မကို ရိုက်တယ်
        R2 ပတ်စပို့ သိမ်းထားတယ်
        R2 ပတ္စပို႔ သိမ္းထားတယ္
        R2 လစာ ၃ လ မရသေးဘူး
        R2 အိမ်ပြန်ချင်တယ်
        R2 အိမ္ျပန္ခ်င္တယ္
        R1 ကျားဖြန့်ခိုင်းတယ် မပြည့်ရင် ရိုက်တယ်
        R0 thay chin tal
        R2 ein pyan chin tal
        R1 ကျွန်တော်တို့ကို တရုတ်ကုမ္ပဏီကို ရောင်းစားလိုက်တယ်
        R1 ညီမကို တရုတ်ပြည်မှာ ပေးစားလိုက်တယ် ပြန်လို့မရဘူး
        R3 မင်္ဂလာပါ
        R3 ထိုင်းမှာ အလုပ်လုပ်ချင်ပါတယ်
        R3 လစာ ဘယ်လောက်ရလဲ
        R3 ပတ်စပို့ ဘယ်မှာလုပ်ရမလဲ
        R3 ကျေးဇူးတင်ပါတယ်
        R3 ဓာတ်ပုံရိုက်ချင်တယ်
        R3 ဒီအလုပ် စိတ်ချရလား
        R3 ဘောလုံးပွဲ ဘယ်နှစ်နာရီလဲ
        R3 ဗီဇာ ဘယ်လောက်ကြာလဲ
        R0 ខ្ញុំចង់ស្លាប់
        R1 ថៅកែវាយខ្ញុំរាល់ថ្ងៃ
        R1 គេចាក់សោទ្វារ ខ្ញុំចេញក្រៅមិនបាន
        R2 ថៅកែយកលិខិតឆ្លងដែនខ្ញុំ
        R2 មិនបានប្រាក់ខែបីខែហើយ
        R2 ចង់ទៅផ្ទះ
        R1 គេលក់ខ្ញុំទៅចិន
        R1 គេបង្ខំខ្ញុំឲ្យបោកប្រាស់គេតាមអនឡាញ
        R2 khnhom jong tov phteah
        R3 ប្រាក់ខែប៉ុន្មាន
        R3 សួស្តី
        R3 ខ្ញុំចង់ទៅធ្វើការនៅថៃ
        R3 វាយអក្សរខ្មែរយ៉ាងម៉េច
        R3 ធ្វើលិខិតឆ្លងដែននៅឯណា
        R3 អរគុណច្រើន
        R3 តើការងារនេះមានសុវត្ថិភាពទេ
        R0 ຢາກຕາຍ
        R1 ນາຍຈ້າງຕີຂ້ອຍ
        R1 ຖືກຂັງຢູ່ໃນຫ້ອງ ອອກບໍ່ໄດ້
        R2 ນາຍຈ້າງຍຶດພາສປອດ
        R2 ບໍ່ໄດ້ເງິນເດືອນ 3 ເດືອນແລ້ວ
        R2 ຢາກເມືອບ້ານ
        R1 ຖືກຂາຍໃຫ້ຄົນຈີນ
        R2 yak mua ban
        R3 ສະບາຍດີ
        R3 ເງິນເດືອນເທົ່າໃດ
        R3 ຢາກໄປເຮັດວຽກຢູ່ໄທ
        R3 ຕາຍາຍສະບາຍດີ
        R3 ຫາຍໃຈເຂົ້າເລິກໆ
        R3 ເຮັດພາສປອດຢູ່ໃສ
        R3 ຂອບໃຈຫຼາຍໆ
        R3 ຂາຍເຄື່ອງອອນລາຍ
        R0 em muốn chết
        R0 em muon chet
        R1 họ nhốt em trong phòng không cho ra ngoài
        R1 ho nhot em trong phong ko cho ra ngoai
        R0 ong chu danh em moi ngay
        R2 chủ giữ hộ chiếu
        R2 chu giu ho chieu cua em
        R2 3 thang chua tra luong
        R2 muon ve nha
        R1 em bị lừa sang campuchia làm lừa đảo
        R0 bi ban sang trung quoc lam vo
        R3 lương ở thái lan bao nhiêu
        R3 xin chào
        R3 tôi muốn đi làm ở nhật
        R3 làm hộ chiếu ở đâu
        R3 điện thoại bị khóa mở sao
        R3 cảm ơn bạn nhiều
        R3 tu tu da
        R3 bạn tên gì
        R3 công việc này có an toàn không
        R3 tối nay đá bóng lúc mấy giờ
        R3 đánh răng ngày mấy lần
        R0 我想死
        R1 老板把我们关在园区里不让出去
        R1 他们打我
        R2 護照被扣了
        R2 三个月没发工资
        R2 想回家
        R0 今晚要把我卖到别的公司
        R1 请速来浙江庆元县某镇，情况紧急
        R1 beiguan le jiu ming
        R3 你好
        R3 泰国工资多少
        R3 怎么办护照
        R3 他救了一只猫
        R3 中国人口多少
        R3 手机锁了怎么解锁
        R3 打电话给我妈
        R3 谢谢你
        R3 我想去泰国旅游
        R3 这个工作安全吗
        R3 笑死我了
        R3 打两个鸡蛋
        R1 LAPOR nama saya lusi, melaporkan saya disini sudah 2thn 5bln tapi saya tidak boleh pulang, saya mohon pihak yang berusan segera menanganinya
        R2 help
        R2 ช่วยด้วย
        R1 ကယ္ပါ
        R2 help help help
        R2 tolong
        R2 救命
        R2 giup toi voi
        R2 ช่วยด้วยยยยย
        R2 HELPPPPP
        R2 ຊ່ອຍແດ່
        R2 ជួយផង
        R3 please tell me the fee
        R3 ช่วยบอกราคาหน่อย
        """;
}
