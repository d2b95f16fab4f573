// The words of the rehearsal's plan. Ours; the facts and figures are those of a real plan (see make-plan.ts).

export interface Block {
  readonly kind: 'part' | 'section' | 'numbered' | 'dash' | 'plus' | 'words';
  /** A stretch between asterisks is bold. */
  readonly text: string;
}

const part = (text: string): Block => ({ kind: 'part', text });
const section = (text: string): Block => ({ kind: 'section', text });
const numbered = (text: string): Block => ({ kind: 'numbered', text });
const dash = (text: string): Block => ({ kind: 'dash', text });
const plus = (text: string): Block => ({ kind: 'plus', text });
const words = (text: string): Block => ({ kind: 'words', text });

export const PLAN = {
  number: '27/KH-UBND',
  place: 'Hồng An, ngày 01 tháng 8 năm 2025',
  title: [
    'Cao điểm tuyên truyền, vận động Nhân dân phòng ngừa tội phạm',
    'lừa đảo chiếm đoạt tài sản trên không gian mạng',
  ],
  blocks: [
    words(
      'Lừa đảo qua điện thoại, mạng xã hội và các ứng dụng giả mạo đang gây thiệt hại cho nhiều gia đình. Người bị hại thuộc mọi lứa tuổi, mọi nghề nghiệp, trong đó có cả cán bộ, đảng viên. Kẻ gây án phần lớn ẩn ở nước ngoài, hoạt động thành đường dây, nên việc truy tìm và lấy lại tài sản rất khó; cách bảo vệ tốt nhất là mỗi người biết trước thủ đoạn để không mắc phải. UBND phường Hồng An ban hành Kế hoạch cao điểm tuyên truyền, vận động Nhân dân phòng ngừa loại tội phạm này như sau:',
    ),
    part('MỤC ĐÍCH, YÊU CẦU'),
    numbered(
      'Đưa các văn bản chỉ đạo của UBND thành phố Hải Phòng về phòng, chống tội phạm lợi dụng không gian mạng, tội phạm sử dụng công nghệ cao vào thực tế của phường.',
    ),
    numbered(
      'Giúp cán bộ, đảng viên, công chức, viên chức và Nhân dân nắm được quy định của pháp luật, nhận ra thủ đoạn lừa đảo, giữ kín dữ liệu cá nhân và biết báo tin cho ai khi thấy dấu hiệu bất thường.',
    ),
    numbered(
      'Người đứng đầu cơ quan, đơn vị, tổ dân phố chịu trách nhiệm về phần việc của mình; các lực lượng phối hợp chặt chẽ, phát huy vai trò của cấp ủy, chính quyền và các đoàn thể.',
    ),
    part('CHỈ TIÊU'),
    numbered('100% hộ dân trên địa bàn phường được tuyên truyền về cách phòng ngừa lừa đảo qua mạng.'),
    numbered(
      '100% cơ quan, tổ chức, doanh nghiệp phổ biến thủ đoạn lừa đảo đến 100% cán bộ, công nhân, viên chức, đoàn viên, hội viên, người lao động của mình; mỗi người được phổ biến tiếp tục nhắc người thân, bạn bè cảnh giác.',
    ),
    numbered(
      'Hằng tháng có ít nhất 05 tin, bài cảnh báo lừa đảo đăng trên Cổng Thông tin điện tử của UBND phường và của Công an phường.',
    ),
    numbered(
      '100% tố giác, tin báo, đơn thư về tội phạm công nghệ cao và lừa đảo qua mạng được tiếp nhận, phân loại, xử lý đúng thời hạn pháp luật quy định.',
    ),
    part('ĐỐI TƯỢNG, THỜI GIAN, NỘI DUNG VÀ CÁCH LÀM'),
    section('Đối tượng, thời gian'),
    dash(
      'Đối tượng: Cán bộ, đảng viên, công chức, viên chức, bí thư chi bộ, tổ trưởng tổ dân phố, trưởng ban công tác Mặt trận, đoàn thể cơ sở, học sinh, sinh viên, người lao động và Nhân dân phường Hồng An.',
    ),
    dash(
      'Thời gian: Việc tuyên truyền làm thường xuyên, lâu dài; đợt cao điểm từ ngày *02/8/2025* đến ngày *14/8/2025*.',
    ),
    section('Nội dung tuyên truyền'),
    dash(
      'Pháp luật về phòng, chống lừa đảo trên mạng: Luật An ninh mạng, Bộ luật Hình sự, Nghị định số 13/2023/NĐ-CP về bảo vệ dữ liệu cá nhân và các văn bản hướng dẫn.',
    ),
    dash(
      'Thủ đoạn của tội phạm sử dụng công nghệ cao, tội phạm lừa đảo trên mạng: dấu hiệu nhận biết và cách phòng tránh, kể cả việc mua bán dữ liệu cá nhân, mua bán tài khoản ngân hàng, “tín dụng đen”.',
    ),
    dash(
      'Việc giữ gìn dữ liệu cá nhân, kiểm tra kỹ người nhận trước khi chuyển tiền; hậu quả của việc bán, cho thuê, cho mượn tài khoản ngân hàng để kẻ xấu nhận và chuyển tiền chiếm đoạt.',
    ),
    dash('Kết quả phát hiện, ngăn chặn, điều tra, xử lý tội phạm lừa đảo của lực lượng chức năng.'),
    words('Trọng tâm là khẩu hiệu “5 không, 2 phải”, gồm:'),
    dash(
      '“5 không” là: (1) Không thực hiện (yêu cầu của người lạ gọi điện, nhắn tin nói về vụ việc mà cơ quan chức năng đang giải quyết); (2) Không tham lam (quà tặng không rõ nguồn gốc, việc nhẹ lương cao trên mạng); (3) Không kết bạn (với người lạ trên mạng xã hội, không mở đường dẫn, không đưa thông tin cá nhân cho họ); (4) Không chuyển khoản (cho người tự xưng là cán bộ cơ quan, tổ chức); (5) Không đầu tư (vào nơi hứa lãi cao, rút vốn bất cứ lúc nào mà mình chưa hiểu rõ).',
    ),
    dash(
      '“2 phải” là: (1) Phải thường xuyên cảnh giác (giữ kín họ tên, năm sinh, nơi ở, số điện thoại, số căn cước, số tài khoản, mã OTP); (2) Phải tố giác ngay với cơ quan Công an (khi nhận được cuộc gọi, tin nhắn nghi là lừa đảo, không tự làm theo).',
    ),
    section('Cách làm'),
    words(
      'Các ban, ngành, đoàn thể dùng mọi phương tiện, hình thức tuyên truyền sẵn có, tìm thêm hình thức mới phù hợp với từng nhóm người; phát huy người có uy tín, điển hình tiên tiến. Cụ thể:',
    ),
    dash(
      'Trên không gian mạng: viết bài, làm phóng sự ngắn gọn, dễ hiểu về thủ đoạn mới và cách phòng tránh; đưa nhanh lên các ứng dụng, Fanpage, Zalo để đến với người dùng mạng sớm nhất.',
    ),
    dash(
      'Trực tiếp: tổ chức hội nghị, lớp tập huấn hoặc lồng ghép vào các cuộc họp, buổi học, buổi sinh hoạt của cơ quan, đơn vị.',
    ),
    words(
      'Công an phường cùng các tổ dân phố, Tổ bảo vệ an ninh, trật tự đến tuyên truyền và tổ chức ký cam kết với 100% hộ gia đình; người ký có trách nhiệm nói lại cho những người khác trong nhà.',
    ),
    dash(
      'Cổ động trực quan: kẻ vẽ khẩu hiệu, treo băng rôn dễ nhìn, dễ nhớ, hướng tới những người ít được tiếp cận các nguồn tin khác.',
    ),
    part('TỔ CHỨC THỰC HIỆN'),
    section('Công an phường'),
    dash(
      'Chủ trì giúp UBND phường xây dựng Kế hoạch và triển khai công tác tuyên truyền. Tổ chức phát động đợt cao điểm rộng khắp tới cán bộ, đảng viên, người lao động và Nhân dân.',
    ),
    dash(
      'Phối hợp với các phòng, ban, đơn vị phân công địa bàn, giao trách nhiệm cụ thể cho từng tổ chức, cá nhân. Phối hợp với các tổ dân phố tuyên truyền, ký cam kết với từng hộ đang cư trú trên địa bàn.',
    ),
    dash(
      'Chỉ đạo cảnh sát khu vực cùng cán bộ cốt cán lập và duy trì nhóm Zalo của từng tổ dân phố, gồm: cảnh sát khu vực, tổ trưởng, trưởng các đoàn thể (những người được đăng bài) và hộ gia đình (ít nhất 01 người/1 hộ); thường xuyên đăng lên các nhóm Zalo này thủ đoạn lừa đảo và cách phòng tránh (tối thiểu 01 lượt/tuần).',
    ),
    dash(
      'Đăng tin về thủ đoạn lừa đảo, biện pháp phòng ngừa và kết quả đấu tranh của lực lượng Công an trên trang Zalo, trang Facebook của Công an phường (tối thiểu 01 lượt/tuần).',
    ),
    dash(
      'Hướng dẫn các lực lượng, ban, ngành, đoàn thể, cán bộ, đảng viên đăng tin, bài cảnh báo lừa đảo trên mạng xã hội (tối thiểu 01 lượt/tuần).',
    ),
    dash(
      'Phối hợp với Phòng Văn hóa - Xã hội tuyên truyền trên hệ thống loa truyền thanh phường (tối thiểu 01 lượt/ngày, vào khung giờ sáng sớm và khung giờ chiều tối).',
    ),
    dash(
      'Rà soát, lập danh sách công ty, hộ kinh doanh đã đăng ký nhưng không hoạt động thật, có dấu hiệu lập ra để mở tài khoản ngân hàng, ví điện tử phục vụ lừa đảo hoặc vi phạm khác.',
    ),
    dash(
      'Tăng cường kiểm tra cư trú, nhất là ở hộ trọng điểm, cơ sở lưu trú, nhà trọ, để phát hiện nhóm người có biểu hiện hoạt động lừa đảo. Kết hợp tuyên truyền thủ đoạn lừa đảo trong mỗi lần kiểm tra.',
    ),
    section('Phòng Văn hóa - Xã hội'),
    dash(
      'Dán thông báo cảnh báo lừa đảo tại nhà văn hóa, trường học và các điểm công cộng đông người.',
    ),
    dash(
      'Phát thanh nội dung phòng, chống lừa đảo trên hệ thống truyền thanh phường (tối thiểu 01 lượt/ngày).',
    ),
    dash(
      'Đăng bài tuyên truyền về tội phạm công nghệ cao trên Cổng Thông tin điện tử phường (tối thiểu 01 tin, bài/tuần).',
    ),
    section('Trung tâm Sự nghiệp công'),
    dash(
      'Phối hợp với Phòng Văn hóa - Xã hội dán thông báo cảnh báo lừa đảo tại nhà văn hóa, trường học và các điểm công cộng đông người.',
    ),
    dash('Tham mưu lắp đặt ít nhất 01 pano tuyên truyền phòng ngừa lừa đảo qua mạng.'),
    section('Phòng Kinh tế, Hạ tầng và Đô thị'),
    words('Căn cứ Kế hoạch này, tham mưu UBND phường bố trí kinh phí thực hiện.'),
    section('Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội phường'),
    dash(
      'Phối hợp với Công an phường tuyên truyền cho đoàn viên, hội viên và Nhân dân về thủ đoạn lừa đảo trên các trang mạng xã hội.',
    ),
    dash(
      'Theo dõi, đăng tải, chia sẻ thông tin chính thống về thủ đoạn lừa đảo và cách phòng ngừa trên trang mạng cá nhân.',
    ),
    section('Các tổ dân phố'),
    dash(
      'Tổ trưởng lập và duy trì nhóm Zalo của tổ, gồm: cảnh sát khu vực, tổ trưởng, trưởng các đoàn thể (những người được đăng bài) và hộ gia đình (ít nhất 01 người/1 hộ); phối hợp với cảnh sát khu vực đăng lên nhóm Zalo của tổ thủ đoạn lừa đảo và cách phòng tránh (tối thiểu 01 lượt/tuần).',
    ),
    dash(
      'Tổ trưởng, tổ phó, trưởng ban công tác Mặt trận, chi hội phụ nữ, chi đoàn thanh niên và Tổ bảo vệ an ninh, trật tự phối hợp với cảnh sát khu vực đến tuyên truyền tại từng hộ gia đình theo phương châm “đi từng ngõ, gõ cửa từng nhà”. Tổ chức ký cam kết với chủ hộ hoặc thành viên trong hộ.',
    ),
    dash('Chế độ thông tin, báo cáo:'),
    plus(
      'Trong đợt cao điểm, từ ngày *02/8* đến ngày *13/8/2025*, hằng ngày các tổ dân phố gửi báo cáo nhanh về Công an phường *trước 8h30’ sáng*.',
    ),
    plus('Kết thúc đợt cao điểm, các tổ dân phố gửi báo cáo kết quả về Công an phường trước ngày *14/8/2025*.'),
    words(
      'Giao Công an phường chủ trì, phối hợp với các ban, ngành, đoàn thể hướng dẫn, theo dõi, kiểm tra, đôn đốc việc thực hiện Kế hoạch này; định kỳ tổng hợp kết quả, báo cáo Công an thành phố và UBND phường đúng thời gian quy định.',
    ),
    words(
      'Yêu cầu các ban, ngành, đoàn thể, tổ dân phố thực hiện nghiêm túc phần việc được giao và báo cáo kết quả theo các mốc thời gian nêu trong Kế hoạch này./.',
    ),
  ],
  recipients: [
    'UBND thành phố (để b/c);',
    'Công an thành phố (để b/c);',
    'TT. Đảng ủy, TT. HĐND phường;',
    'Chủ tịch, các PCT UBND phường;',
    'UBMTTQ và các tổ chức CT-XH phường;',
    'Các phòng, ban, đơn vị sự nghiệp phường;',
    'Các tổ dân phố;',
    'Lưu: VT, CAP.',
  ],
  signer: { capacity: 'TM. ỦY BAN NHÂN DÂN', title: 'CHỦ TỊCH', name: 'Trần Thanh Yến' },
} as const satisfies { blocks: readonly Block[]; [field: string]: unknown };
