namespace Hotline.Text;

/// <summary>Plain sentences written for this line, one text per language: what the letter trigrams are learnt from. The file is a table.</summary>
internal static class LatinSamples
{
    public const string English =
        """
        hello i want to know about the job in thailand. is this offer safe for me. how much do i have to pay before i go. thank you very much
        please help me my boss took my passport and i cannot leave. they do not pay us. we work sixteen hours every day with no rest. i am scared
        where can i find a lawyer. my friend was taken to another city last night. she does not answer her phone. i want to go home to my family
        the door is locked and there is a guard outside. he hit me yesterday. i have no money and no food. what should i do now. can you call me
        the agent said the work is in a restaurant but now they make us talk to people online. i did not sign this contract. it is not what they told me
        when will someone answer. is it free. who are you. can i trust you. i do not understand this message. which country are you from
        my sister is fifteen years old and she wants to work with her aunt. we are going to the border tomorrow morning by bus. the fee was too high
        good morning how are you today. this is my number. you can write to me at night. she is with her children. they have been here since last year
        i have been working on the boat for eight months. the captain will not let us go to the shore. there are five of us in one small room
        we were told that we owe a lot of money. there was nothing we could do. thanks for your help, see you later, nice to meet you, what time is it
        yes i would like to speak with a person. no i am not safe here. maybe later. sorry wrong number. my name is and i live near the market
        does the company have a license. how long is the visa. should we keep the receipt. could you check this advertisement for us please
        because their house would never be like that again, although something else might have happened to those other women and men
        """;

    public const string Vietnamese =
        """
        xin chào tôi muốn hỏi về việc làm ở thái lan. công việc này có an toàn không. tôi phải trả bao nhiêu tiền trước khi đi. cảm ơn rất nhiều
        làm ơn giúp tôi ông chủ giữ hộ chiếu của tôi và tôi không thể đi. họ không trả lương cho chúng tôi. mỗi ngày làm mười sáu tiếng không được nghỉ
        tôi sợ lắm. bạn tôi bị đưa đến thành phố khác tối qua. chị ấy không nghe điện thoại. em muốn về nhà với gia đình. cửa bị khóa có người canh gác
        hôm qua nó đánh em. em không có tiền và không có gì ăn. bây giờ phải làm sao. anh chị gọi cho em được không. đừng gọi vào số này
        môi giới nói làm nhà hàng nhưng bây giờ họ bắt lừa đảo trên mạng. tôi không ký hợp đồng này. không giống như họ nói với tôi lúc đầu
        khi nào có người trả lời. có miễn phí không. bạn là ai. tôi có thể tin bạn không. tôi không hiểu tin nhắn này. anh ở nước nào vậy
        em gái tôi mười lăm tuổi muốn đi làm với dì. ngày mai chúng tôi ra biên giới bằng xe buýt. phí quá cao. chào buổi sáng bạn khỏe không
        đây là số của tôi. bạn có thể nhắn cho tôi vào buổi tối. chị ấy ở cùng với các con. họ ở đây từ năm ngoái. con nhớ mẹ nhiều lắm
        tôi làm trên tàu cá tám tháng rồi. thuyền trưởng không cho lên bờ. năm người ở trong một phòng nhỏ. họ nói chúng tôi nợ rất nhiều tiền
        vâng tôi muốn nói chuyện với một người. không tôi không an toàn ở đây. để sau. xin lỗi nhầm số. tên tôi là và tôi sống gần chợ
        công ty có giấy phép không. thị thực được bao lâu. chúng tôi có nên giữ biên lai không. nhờ kiểm tra giúp quảng cáo này. được rồi cám ơn
        những người phụ nữ khác cũng đã từng như thế, nếu không thì chẳng biết chuyện gì sẽ xảy ra, cho nên phải cẩn thận, thôi nhé, hẹn gặp lại
        ko dc dau ban oi, minh dang o ben do, khong biet lam sao, ai cung so, dt bi thu roi, muon ve que
        """;

    public const string Indonesian =
        """
        halo saya mau tanya tentang pekerjaan di thailand. apakah tawaran ini aman untuk saya. berapa yang harus saya bayar sebelum berangkat. terima kasih banyak
        tolong bantu saya bos menahan paspor saya dan saya tidak bisa pergi. mereka tidak membayar gaji kami. kami bekerja enam belas jam setiap hari tanpa istirahat
        saya takut sekali. teman saya dibawa ke kota lain tadi malam. dia tidak menjawab telepon. saya mau pulang ke rumah keluarga saya. pintu dikunci dan ada penjaga
        kemarin dia memukul saya. saya tidak punya uang dan makanan. sekarang saya harus bagaimana. bisakah anda menelepon saya. jangan telepon nomor ini
        agen bilang kerja di restoran tapi sekarang kami disuruh menipu orang lewat internet. saya tidak tanda tangan kontrak ini. tidak seperti yang mereka katakan
        kapan ada yang menjawab. apakah gratis. kamu siapa. apakah saya bisa percaya. saya tidak mengerti pesan ini. kamu dari negara mana
        adik saya umur lima belas tahun ingin bekerja dengan tante. besok kami berangkat ke perbatasan naik bus. biayanya terlalu mahal. selamat pagi apa kabar
        ini nomor saya. anda bisa menulis kepada saya malam hari. dia bersama anak-anaknya. mereka sudah di sini sejak tahun lalu. saya rindu ibu
        saya sudah delapan bulan bekerja di kapal ikan. kapten tidak mengizinkan kami turun ke darat. ada lima orang di kamar kecil. katanya kami punya banyak hutang
        ya saya ingin bicara dengan orang. tidak saya tidak aman di sini. nanti saja. maaf salah sambung. nama saya dan saya tinggal dekat pasar
        apakah perusahaan punya izin. berapa lama visanya. apakah kami harus menyimpan kuitansi. mohon periksa iklan ini untuk kami
        karena perempuan dan laki-laki yang lain juga pernah seperti itu, meskipun sesuatu bisa terjadi, jadi harus hati-hati, sampai jumpa lagi
        gak tau kak, aku lagi di sana, gimana dong, udah gak kuat, hp diambil, gaji gk dibayar, yg lain jg sama, sy mau balik, tdk bs keluar, krn dikunci
        """;
}
